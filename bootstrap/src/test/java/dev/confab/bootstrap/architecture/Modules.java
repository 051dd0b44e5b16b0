package dev.confab.bootstrap.architecture;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;

/** Where the modules of this build lie, whatever folder the tests were started in. */
final class Modules {

    /** Built before these tests run. {@code bench} is built later; its sources are looked at, its classes are not. */
    private static final List<String> BUILT = List.of(
            "chat-domain",
            "chat-testkit",
            "local-stack",
            "adapter-netty-ws",
            "adapter-kafka",
            "adapter-jdbi",
            "adapter-redis",
            "bootstrap");

    private Modules() {}

    /** The folder that holds all modules. */
    static Path project() {
        // <project>/bootstrap/target/test-classes
        Path here = here();
        return here.resolve("../../..").normalize();
    }

    /** The compiled product code of each module. */
    static List<Path> productClasses() {
        return BUILT.stream()
                .map(module -> project().resolve(module).resolve("target/classes"))
                .toList();
    }

    /** The compiled fixtures. */
    static Path fixtureClasses() {
        return here().resolve(Modules.class.getPackageName().replace('.', '/')).resolve("fixture");
    }

    private static Path here() {
        try {
            return Path.of(Modules.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
