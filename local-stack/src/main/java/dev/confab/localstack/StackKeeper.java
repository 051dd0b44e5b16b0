package dev.confab.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The process that holds the servers of a test run, since the JVMs of the tests come and go. It ends, with the servers and
 * their data, as soon as the owner of the run has ended in whatever way. The logs stay until the next run.
 */
final class StackKeeper {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    private StackKeeper() {}

    static Path stateFile(Path folder) {
        return folder.resolve("shared.properties");
    }

    /**
     * Runs until the owner ends.
     *
     * @param args the folder of the stack, and the encoded identity of the owner
     */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        ProcessIdentity owner = ProcessIdentity.decode(args[1])
                .orElseThrow(() -> new IllegalArgumentException("no process: " + args[1]));
        LocalStack stack = LocalStack.builder(folder)
                .durability(Durability.DISPOSABLE)
                .endWithThisProcess()
                .progress((server, step) -> System.out.println(server.displayName() + ": " + step))
                .build();
        try (stack) {
            stack.start();
            SharedStackState.of(stack).write(stateFile(folder));
            while (owner.isAlive()) {
                boolean unused = Await.until(BETWEEN_LOOKS, () -> false);
            }
        } catch (LocalStackException e) {
            System.out.println(e.getMessage()); // the last line of the log is what the test will say
            return;
        } finally {
            Files.deleteIfExists(stateFile(folder));
        }
        for (ServerName server : ServerName.values()) {
            DataFolder.deleteTree(folder.resolve(server.fileName()));
        }
    }
}
