package dev.confab.bootstrap;

import dev.confab.bootstrap.cli.ConfabCommand;
import java.util.Map;

/** Where the program begins. */
public final class Main {

    private Main() {}

    /** Runs one command; the process ends with its exit code: 0 done, 1 not done, 2 asked or configured wrongly. */
    public static void main(String[] args) {
        Map<String, String> environment = System.getenv();
        System.exit(ConfabCommand.run(environment, args));
    }
}
