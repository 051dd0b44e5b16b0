package dev.confab.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.bench.history.HistoryWriter;
import dev.confab.testkit.Eventually;
import io.netty.channel.Channel;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SendsTest {

    private static final String ROOM = "018f4e7a-0000-7000-8000-000000000001";

    @TempDir
    private Path folder;

    /**
     * A room that began anew shows nothing of before, neither now nor to who resumes after it: the question for what was
     * sent must not be lost with the connection over which the client learned of it.
     */
    @Test
    void whatTheRoomBeganAnewWithoutIsAskedForAlsoWhenTheConnectionBreaksMeanwhile() throws Exception {
        try (ScriptedGateway gateway = new ScriptedGateway(new BrokenWhileAsked());
                HistoryWriter history = HistoryWriter.begin(folder.resolve("history"), Clock.systemUTC(), "test");
                Fleet fleet = new Fleet(
                        List.of(gateway.webSocket()),
                        List.of(ROOM),
                        List.of(new Fleet.Person("kim", "token", List.of(0))),
                        "content ",
                        history,
                        1)) {
            fleet.connect();
            fleet.send(0, 0, System.nanoTime());

            Eventually.holds(() -> assertThat(fleet.open()).isZero());
        }
    }

    /** Says nothing of the message, begins anew over the second connection, and answers when there is a third. */
    private static final class BrokenWhileAsked implements ScriptedGateway.Script {

        private static final Map<Integer, String> BEGINNINGS = Map.of(
                1, "\"recovered\":false,\"reset\":false",
                2, "\"recovered\":false,\"reset\":true",
                3, "\"recovered\":true,\"reset\":false");

        private int connections;
        private @Nullable Channel current;
        private @Nullable Channel asking;

        @Override
        public void opened(Channel client) {
            connections++;
            current = client;
            ScriptedGateway.tell(
                    client,
                    "{\"event\":\"connected\",\"data\":{\"userId\":\"kim\",\"serverId\":\"one\",\"epoch\":\"life\"}}");
        }

        @Override
        public void heard(Channel client, String frame) {
            if (frame.contains("joinRoom")) {
                ScriptedGateway.tell(
                        client,
                        "{\"event\":\"reply\",\"ref\":0,\"data\":{\"roomId\":\"" + ROOM
                                + "\",\"seq\":5,\"epoch\":\"life\"," + BEGINNINGS.get(connections) + "}}");
                if (connections == 3 && asking != null) {
                    ScriptedGateway.answer(asking, "{\"status\":\"PERSISTED\",\"messageId\":\"m\",\"seq\":4}");
                }
            } else if (connections == 1) {
                client.close();
            }
        }

        @Override
        public void asked(Channel client, String path) {
            assertThat(path).startsWith("/rooms/" + ROOM + "/outcomes/");
            asking = client;
            if (current != null) {
                current.close();
            }
        }
    }
}
