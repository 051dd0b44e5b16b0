package dev.confab.netty.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.Epoch;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.port.in.LiveChat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JoinTest {

    private static final RoomId ROOM = RoomId.random();

    private final EmbeddedClient client = EmbeddedClient.connected();

    @AfterEach
    void close() {
        client.close();
    }

    private FakeChat.FakeJoin join(String data) {
        client.send("{\"event\":\"joinRoom\",\"ref\":1,\"data\":" + data.replace("ROOM", ROOM.toString()) + "}");
        return client.chat.session().joins.getLast();
    }

    @Test
    void joinWithoutAPlaceBeginsNow() {
        FakeChat.FakeJoin join = join("{\"roomId\":\"ROOM\"}");
        assertThat(join.resume()).isEqualTo(new LiveChat.Resume(ROOM, null, null));

        join.answer()
                .complete(Result.ok(new LiveChat.Entry(ROOM, new Sequence(7), FakeChat.EPOCH, false, null, false)));

        assertThat(client.receiveText())
                .isEqualTo("{\"event\":\"reply\",\"ref\":1,\"data\":{\"success\":true,\"roomId\":\"" + ROOM
                        + "\",\"seq\":7,\"epoch\":\"epoch-1\",\"recovered\":false,\"gap\":null,\"reset\":false}}");
    }

    @Test
    void placeAndEpochArePassedOn() {
        FakeChat.FakeJoin join = join("{\"roomId\":\"ROOM\",\"lastSeq\":0,\"epoch\":\"e\"}");

        assertThat(join.resume()).isEqualTo(new LiveChat.Resume(ROOM, Sequence.NONE, new Epoch("e")));
    }

    @Test
    void gapIsTold() {
        FakeChat.FakeJoin join = join("{\"roomId\":\"ROOM\",\"lastSeq\":1}");

        join.answer()
                .complete(Result.ok(new LiveChat.Entry(
                        ROOM,
                        new Sequence(900),
                        FakeChat.EPOCH,
                        false,
                        new LiveChat.Gap(new Sequence(2), new Sequence(900), false),
                        false)));

        assertThat(client.receiveText())
                .contains("\"recovered\":false,\"gap\":{\"from\":2,\"to\":900},\"reset\":false");
    }

    @Test
    void aGapWhoseBeginningWasDeletedForGoodSaysSo() {
        FakeChat.FakeJoin join = join("{\"roomId\":\"ROOM\",\"lastSeq\":1}");

        join.answer()
                .complete(Result.ok(new LiveChat.Entry(
                        ROOM,
                        new Sequence(9),
                        FakeChat.EPOCH,
                        false,
                        new LiveChat.Gap(new Sequence(2), new Sequence(9), true),
                        false)));

        assertThat(client.receiveText()).contains("\"gap\":{\"from\":2,\"to\":9,\"purged\":true}");
    }

    @Test
    void answerComesAfterReplayedEventsAndBeforeLiveOnes() {
        FakeChat.FakeJoin join = join("{\"roomId\":\"ROOM\",\"lastSeq\":0}");
        LiveChat.Listener listener = client.chat.session().listener;

        listener.onReplay(SlowClientTest.message(ROOM, 1));
        join.answer().complete(Result.ok(new LiveChat.Entry(ROOM, new Sequence(1), FakeChat.EPOCH, true, null, false)));
        listener.onEvent(SlowClientTest.message(ROOM, 2));
        listener.onFlush();

        assertThat(client.receiveAll().stream().map(frame -> frame.path("event").asText()))
                .containsExactly("newMessage", "reply", "newMessage");
    }

    @Test
    void refusedJoinIsAnError() {
        join("{\"roomId\":\"ROOM\"}").answer().complete(Result.refused(Refusal.Code.NOT_A_MEMBER));

        assertThat(client.receiveText())
                .startsWith("{\"event\":\"error\",\"ref\":1,\"data\":{\"code\":\"not-a-member\"");
    }

    @Test
    void nextFrameWaitsForTheJoin() {
        FakeChat.FakeJoin join = join("{\"roomId\":\"ROOM\"}");
        client.send("{\"event\":\"heartbeat\",\"ref\":2}");
        assertThat(client.next()).isNull();

        join.answer().complete(Result.refused(Refusal.Code.UNAVAILABLE));

        assertThat(client.receive().path("ref").asInt()).isEqualTo(1);
        assertThat(client.receive().path("ref").asInt()).isEqualTo(2);
    }

    @Test
    void roomsThatRefuseAreNamedInTheAnswer() {
        client.send("{\"event\":\"joinRooms\",\"ref\":1,\"data\":{\"rooms\":[{\"roomId\":\"" + ROOM + "\"}]}}");

        assertThat(client.receiveText())
                .isEqualTo("{\"event\":\"reply\",\"ref\":1,\"data\":{\"success\":true,\"rooms\":[{\"success\":false,"
                        + "\"roomId\":\"" + ROOM + "\",\"code\":\"room-not-found\"}]}}");
    }

    @Test
    void leavingIsAnswered() {
        client.send("{\"event\":\"leaveRoom\",\"ref\":1,\"data\":{\"roomId\":\"" + ROOM + "\"}}");

        assertThat(client.receiveText()).isEqualTo("{\"event\":\"reply\",\"ref\":1,\"data\":{\"success\":true}}");
        assertThat(client.chat.session().heard).containsExactly("leave " + ROOM);
    }
}
