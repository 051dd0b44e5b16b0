package dev.confab.bootstrap.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether a person sits there, and what he or she says. */
final class Terminal {

    private Terminal() {}

    /** Whether somebody can be asked. */
    static boolean isThere() {
        return console() != null;
    }

    /** Null where there is none. Since JDK 22 there is a console without a terminal, too, and a method to tell. */
    @SuppressWarnings("SystemConsoleNull")
    private static @Nullable Console console() {
        Console console = System.console();
        if (console == null) {
            return null;
        }
        try {
            Object terminal = Console.class.getMethod("isTerminal").invoke(console);
            return Boolean.TRUE.equals(terminal) ? console : null;
        } catch (NoSuchMethodException older) {
            return console;
        } catch (ReflectiveOperationException unknown) {
            return null;
        }
    }

    /** Asks, and takes nothing but a yes for one. */
    static boolean confirms(PrintWriter out, String question) {
        Console console = console();
        if (console == null) {
            return false;
        }
        out.print(question + " [y/N] ");
        out.flush();
        String answer = console.readLine();
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }
}
