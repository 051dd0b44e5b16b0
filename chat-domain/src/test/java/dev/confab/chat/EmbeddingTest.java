package dev.confab.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ConnectionId;
import dev.confab.chat.model.Principal;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.User;
import dev.confab.chat.port.in.CreateRoom.NewRoom;
import dev.confab.chat.port.in.LiveChat.Resume;
import dev.confab.chat.port.in.PostMessage.Send;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EmbeddingTest {

    private static final Path HERE = Path.of("src/test/java/dev/confab/chat/EmbeddingTest.java");
    private static final Path README = Path.of("../README.md");

    private final BlockingQueue<ChatEvent> shown = new LinkedBlockingQueue<>();

    @Test
    void aDozenLinesPutChatIntoSomebodysProgram() throws InterruptedException {
        // begin: embedding
        try (Chat chat = Chat.inMemory(Clock.systemUTC());
                ExecutorService lane = Executors.newSingleThreadExecutor()) {
            User kim = chat.registerUser()
                    .register("kim@example.org", "correct horse", "Kim")
                    .orThrow();
            User lee = chat.registerUser()
                    .register("lee@example.org", "battery staple", "Lee")
                    .orThrow();
            Room room = chat.createRoom()
                    .create(NewRoom.open(kim.id(), "Lunch", lee.id()))
                    .orThrow()
                    .room();

            var session = chat.liveChat()
                    .open(Principal.trusted(lee.id()), "Lee", ConnectionId.random(), lane, event -> show(event));
            session.join(Resume.fromNow(room.id())).toCompletableFuture().join().orThrow();

            var posting = chat.postMessage().post(Send.text(kim.id(), room.id(), "Noon?"));
            posting.accepted().toCompletableFuture().join().orThrow(); // from here on it cannot be lost
            assertThat(nextShown().message().content()).isEqualTo("Noon?");
        }
        // end: embedding
    }

    @Test
    void theReadmeShowsThisVeryProgram() throws IOException {
        String source = Files.readString(HERE);
        String begin = "// begin: embedding\n";
        String snippet = source.substring(
                        source.indexOf(begin) + begin.length(), source.indexOf("        // end: embedding"))
                .stripIndent();
        // The formatter may break lines that the page need not.
        assertThat(Files.readString(README)).containsIgnoringWhitespaces(snippet);
    }

    private void show(ChatEvent event) {
        shown.add(event);
    }

    private ChatEvent.MessagePosted nextShown() throws InterruptedException {
        while (true) {
            ChatEvent event = shown.poll(20, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("Nothing was shown");
            }
            if (event instanceof ChatEvent.MessagePosted posted) {
                return posted;
            }
        }
    }
}
