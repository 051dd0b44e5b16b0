package dev.confab.localstack;

import java.util.Locale;

/** Operating system and processor, as far as there are servers for them. */
record Platform(OperatingSystem system, Processor processor) {

    enum OperatingSystem {
        LINUX,
        MACOS
    }

    enum Processor {
        AMD64,
        ARM64
    }

    /** The machine this runs on. */
    static Platform current() {
        return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    }

    static Platform of(String osName, String osArch) {
        String name = osName.toLowerCase(Locale.ROOT);
        OperatingSystem system;
        if (name.startsWith("linux")) {
            system = OperatingSystem.LINUX;
        } else if (name.startsWith("mac")) {
            system = OperatingSystem.MACOS;
        } else {
            throw unsupported(osName, osArch);
        }
        Processor processor = switch (osArch.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> Processor.AMD64;
            case "aarch64", "arm64" -> Processor.ARM64;
            default -> throw unsupported(osName, osArch);
        };
        return new Platform(system, processor);
    }

    private static UnsupportedPlatformException unsupported(String osName, String osArch) {
        return new UnsupportedPlatformException("there are no servers for " + osName + " on " + osArch
                + "; Linux and macOS on x86-64 and arm64 have them");
    }

    @Override
    public String toString() {
        return (system + "-" + processor).toLowerCase(Locale.ROOT);
    }
}
