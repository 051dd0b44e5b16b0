package dev.confab.localstack;

/** There are no server binaries for this operating system or processor, or they do not run here. */
public final class UnsupportedPlatformException extends LocalStackException {

    private static final long serialVersionUID = 1L;

    UnsupportedPlatformException(String message) {
        super(message);
    }
}
