package dev.confab.bootstrap;

import dev.confab.bootstrap.cli.ConfabCommand;
import java.util.Map;

/** Where the program begins. */
public final class Main {

    private static final String LEAK_DETECTION = "io.netty.leakDetection.level";

    private Main() {}

    /** Runs one command; the process ends with its exit code: 0 done, 1 not done, 2 asked or configured wrongly. */
    public static void main(String[] args) {
        if (System.getProperty(LEAK_DETECTION) == null) {
            // The tests follow every buffer. To follow one in a hundred takes a busy gateway some percent of its time.
            System.setProperty(LEAK_DETECTION, "disabled");
        }
        Map<String, String> environment = System.getenv();
        System.exit(ConfabCommand.run(environment, args));
    }
}
