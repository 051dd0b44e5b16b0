package dev.confab.localstack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the tests of one run have in common: the process that runs them, and a folder.
 *
 * @param owner Maven, or the JVM of the tests where it is not Maven that runs them
 * @param stacks the folder of the stacks of all runs in this checkout
 */
record TestRun(ProcessIdentity owner, Path stacks) {

    private static final Duration START_TIME = Duration.ofMinutes(3);
    private static final Duration ANSWER_TIME = Duration.ofSeconds(30);

    static TestRun current() {
        return new TestRun(
                findOwner(), top(Path.of("").toAbsolutePath()).resolve("target").resolve("local-stack"));
    }

    /** Gets the stack of this run, from a keeper that is started if there is none. */
    SharedStackState joinStack() {
        Path folder = stacks.resolve("run-" + owner.pid());
        try {
            Files.createDirectories(stacks);
            // One at a time in this checkout: to start a keeper, and to remove what dead ones left.
            try (FileChannel lock =
                    FileChannel.open(stacks.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                var unused = lock.lock();
                removeDead();
                PidFile keeperFile = new PidFile(folder.resolve("keeper.pid"));
                Optional<ServerProcess> living = keeperFile.living();
                ServerProcess keeper = living.isPresent() ? living.get() : startKeeper(folder, keeperFile);
                return await(keeper, folder);
            }
        } catch (IOException e) {
            throw new LocalStackException("the servers for the tests did not start: " + e.getMessage(), e);
        }
    }

    private ServerProcess startKeeper(Path folder, PidFile keeperFile) throws IOException {
        DataFolder.deleteTree(folder);
        Files.createDirectories(folder);
        List<String> command = List.of(
                JavaClassPath.java(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                JavaClassPath.argument(folder.resolve("keeper.args"), JavaClassPath.entries()),
                StackKeeper.class.getName(),
                folder.toString(),
                owner.encoded());
        return Launcher.launch(
                        command, folder, folder.resolve("keeper.log"), started -> keeperFile.write(started.identity()))
                .server();
    }

    private static SharedStackState await(ServerProcess keeper, Path folder) throws IOException {
        Path file = StackKeeper.stateFile(folder);
        Await.until(START_TIME, () -> Files.exists(file) || !keeper.isAlive());
        Optional<SharedStackState> state = SharedStackState.read(file);
        if (state.isEmpty()) {
            Path log = folder.resolve("keeper.log");
            List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
            throw new LocalStackException("the servers for the tests did not start: "
                    + (lines.isEmpty() ? "no word" : lines.getLast()) + " (log: " + log + ")");
        }
        if (!Await.until(ANSWER_TIME, state.get()::answers)) {
            throw new LocalStackException("the servers for the tests do not answer: " + state.get());
        }
        return state.get();
    }

    private void removeDead() throws IOException {
        List<Path> dead = new ArrayList<>();
        try (DirectoryStream<Path> runs = Files.newDirectoryStream(stacks, "run-*")) {
            for (Path run : runs) {
                if (new PidFile(run.resolve("keeper.pid")).living().isEmpty()) {
                    dead.add(run);
                }
            }
        }
        for (Path run : dead) {
            DataFolder.deleteTree(run);
        }
    }

    /** Maven starts the JVM of the tests, with a shell between; it is the nearest Java above. */
    private static ProcessIdentity findOwner() {
        if (System.getProperty("surefire.real.class.path") != null) {
            for (Optional<ProcessHandle> above = ProcessHandle.current().parent();
                    above.isPresent();
                    above = above.get().parent()) {
                String command = above.get().info().command().orElse("");
                Optional<ProcessIdentity> identity =
                        ProcessIdentity.of(above.get().pid());
                if (command.endsWith("/java") && identity.isPresent()) {
                    return identity.get();
                }
            }
        }
        return ProcessIdentity.current();
    }

    /** The outermost of the Maven projects the folder is in. */
    private static Path top(Path folder) {
        Path top = folder;
        for (Path above = folder.getParent();
                above != null && Files.exists(above.resolve("pom.xml"));
                above = above.getParent()) {
            top = above;
        }
        return top;
    }
}
