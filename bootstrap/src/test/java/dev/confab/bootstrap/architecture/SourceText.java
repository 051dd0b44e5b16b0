package dev.confab.bootstrap.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rules about the text of a source file, for what leaves no trace in the class file. */
final class SourceText {

    /** Nobody holds more in the head. The aim is 300. */
    static final int MAX_LINES = 400;

    /**
     * What must not be written.
     *
     * @param name why not
     * @param where the files it is banned from
     */
    record Ban(String name, Pattern pattern, Predicate<Path> where) {
        @Override
        public String toString() {
            return name;
        }
    }

    private SourceText() {}

    static List<Ban> bans() {
        return List.of(
                new Ban(
                        "tests wait for a condition, not for a time",
                        word("Thread\\s*\\.\\s*sleep\\b"),
                        SourceText::isTestCode),
                new Ban(
                        "tests wait for a condition, not for a time: parkNanos",
                        word("parkNanos\\b"),
                        SourceText::isTestCode),
                new Ban(
                        "a switched-off test says why",
                        word("@Disabled\\b(?!\\s*\\(\\s*(value\\s*=\\s*)?\")"),
                        file -> true),
                new Ban("unfinished work is no comment", word("(TODO|FIXME|XXX)\\b"), file -> true),
                new Ban("an assertion can fail", word("assertTrue\\s*\\(\\s*true\\s*\\)"), file -> true),
                new Ban(
                        "no stubs",
                        Pattern.compile("new\\s+UnsupportedOperationException\\s*\\(\\s*\\)"),
                        SourceText::isProductCode),
                new Ban(
                        "output goes through the logger",
                        Pattern.compile("\\.printStackTrace\\s*\\(\\s*\\)"),
                        file -> true));
    }

    static List<String> violations(Ban ban, Path file) {
        String text = read(file);
        List<String> found = new ArrayList<>();
        Matcher matcher = ban.pattern().matcher(text);
        while (matcher.find()) {
            long line = text.substring(0, matcher.start()).lines().count();
            found.add(file + ":" + Math.max(line, 1) + " " + matcher.group());
        }
        return found;
    }

    static long lines(Path file) {
        return read(file).lines().count();
    }

    /** All Java sources below a folder, without what was built and without the fixtures and this file. */
    static List<Path> sources(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !contains(file, "target"))
                    .filter(file -> !contains(file, "architecture"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Product code may have to ask again and again: a child process tells nobody that it is ready. */
    private static boolean isTestCode(Path file) {
        return !isProductCode(file) || contains(file, "chat-testkit");
    }

    private static boolean isProductCode(Path file) {
        return contains(file, "main");
    }

    private static boolean contains(Path file, String name) {
        for (Path part : file) {
            if (part.toString().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private static Pattern word(String regex) {
        return Pattern.compile("(?<!\\w)" + regex);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
