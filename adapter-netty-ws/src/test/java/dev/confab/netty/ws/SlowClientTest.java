package dev.confab.netty.ws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.chat.model.ChangeId;
import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.ConnectionId;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.MessageType;
import dev.confab.chat.model.PresenceStatus;
import dev.confab.chat.model.Rejection;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.Role;
import dev.confab.chat.model.RoomChange;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.in.LiveChat;
import dev.confab.testkit.MutableClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** G13: a client that does not read loses first what passes, then is told where it stands, then is given up on. */
class SlowClientTest {

    private static final RoomId ROOM = RoomId.random();
    private static final RoomId OTHER = RoomId.random();
    private static final UserId SENDER = UserId.random();

    private final EmbeddedClient client = EmbeddedClient.connected();
    private final LiveChat.Listener listener = client.chat.session().listener;

    @AfterEach
    void close() {
        client.close();
    }

    static ChatEvent.MessagePosted message(RoomId room, long seq) {
        return new ChatEvent.MessagePosted(new Message(
                new MessageId(seq, 0),
                new Sequence(seq),
                room,
                SENDER,
                "Kim",
                ClientMessageId.random(),
                MessageType.TEXT,
                "hello",
                null,
                List.of(),
                MutableClock.START,
                null,
                null));
    }

    private void tell(ChatEvent event) {
        listener.onEvent(event);
        listener.onFlush();
    }

    @Test
    void clientThatReadsGetsEverything() {
        tell(message(ROOM, 1));
        tell(new ChatEvent.Typing(ROOM, SENDER, "Kim", true, ConnectionId.random()));
        tell(new ChatEvent.UserJoined(ROOM, SENDER, "Kim"));
        tell(new ChatEvent.UserLeft(ROOM, SENDER, "Kim"));
        tell(new ChatEvent.PresenceChanged(ROOM, SENDER, PresenceStatus.UNKNOWN));
        tell(new ChatEvent.ReadMarked(ROOM, SENDER, new MessageId(1, 0), new Sequence(1), MutableClock.START));
        tell(new ChatEvent.CommandRejected(ROOM, SENDER, ClientMessageId.random(), Rejection.PARKED));

        assertThat(events())
                .containsExactly(
                        "newMessage", "typing", "userJoined", "userLeft", "presence", "readReceipt", "messageRejected");
    }

    @Test
    void passingEventsAreLeftOutWhileTheQueueIsFull() {
        client.setWritable(false);

        tell(new ChatEvent.Typing(ROOM, SENDER, "Kim", true, ConnectionId.random()));
        tell(new ChatEvent.ReadMarked(ROOM, SENDER, new MessageId(1, 0), new Sequence(1), MutableClock.START));
        client.setWritable(true);

        assertThat(client.next()).isNull();
    }

    @Test
    void headsAreToldInPlaceOfMessagesAndBeforeLaterOnes() {
        tell(message(ROOM, 1));
        client.setWritable(false);
        tell(message(ROOM, 2));
        tell(message(OTHER, 9));
        tell(message(ROOM, 3));
        client.setWritable(true);
        tell(message(ROOM, 4));

        List<JsonNode> frames = client.receiveAll();
        assertThat(frames).hasSize(4);
        assertThat(frames.get(0).path("data").path("seq").asInt()).isEqualTo(1);
        assertHead(frames.get(1), ROOM, 3);
        assertHead(frames.get(2), OTHER, 9);
        assertThat(frames.get(3).path("event").asText()).isEqualTo("newMessage");
        assertThat(frames.get(3).path("data").path("seq").asInt()).isEqualTo(4);
    }

    @Test
    void headIsNotToldOfARoomThatWasLeft() {
        client.setWritable(false);
        tell(message(ROOM, 2));
        client.send("{\"event\":\"leaveRoom\",\"data\":{\"roomId\":\"" + ROOM + "\"}}");
        client.setWritable(true);

        // The head was told first: what the client sends waits while it does not read.
        assertThat(events()).containsExactly("roomHead", "reply");
    }

    private static ChatEvent removed(UserId user) {
        return new ChatEvent.RoomChanged(
                ChangeId.random(),
                new RoomChange.MemberRemoved(ROOM, user, Role.MEMBER, SENDER, 2, MutableClock.START));
    }

    @Test
    void whatHappensToPlacesIsNeverLeftOutAndHeadsAreNotToldToWhoHasNone() {
        client.setWritable(false);
        tell(message(ROOM, 2));
        tell(removed(UserId.random()));
        tell(removed(client.chat.session().principal.userId()));
        tell(message(OTHER, 9));
        client.setWritable(true);

        assertThat(events()).containsExactly("memberRemoved", "memberRemoved", "roomHead");
    }

    @Test
    void joinMakesAnEarlierHeadPointless() {
        client.send("{\"event\":\"joinRoom\",\"ref\":1,\"data\":{\"roomId\":\"" + ROOM + "\",\"lastSeq\":1}}");
        client.setWritable(false);
        tell(message(ROOM, 2));
        client.chat
                .session()
                .joins
                .getFirst()
                .answer()
                .complete(Result.ok(new LiveChat.Entry(ROOM, new Sequence(2), FakeChat.EPOCH, true, null, false)));
        client.setWritable(true);

        assertThat(events()).containsExactly("reply");
    }

    @Test
    void rejectionsAreNeverLeftOut() {
        client.setWritable(false);
        tell(message(ROOM, 2));

        tell(new ChatEvent.CommandRejected(ROOM, SENDER, ClientMessageId.random(), Rejection.ROOM_CLOSED));
        client.setWritable(true);

        assertThat(events()).containsExactly("messageRejected", "roomHead");
    }

    @Test
    void answersAreNeverLeftOut() {
        client.send("""
                {"event":"sendMessage","data":{"roomId":"%s","clientMsgId":"%s","type":"TEXT","content":"x"}}
                """.formatted(ROOM, ClientMessageId.random()));
        client.setWritable(false);

        client.chat.postings.getFirst().accept();

        assertThat(events()).containsExactly("messageAccepted");
    }

    @Test
    void nothingIsReadFromAClientThatDoesNotRead() {
        client.setWritable(false);
        assertThat(client.isReadFrom()).isFalse();
        client.send("{\"event\":\"heartbeat\"}");
        assertThat(client.next()).isNull();

        client.setWritable(true);

        assertThat(client.isReadFrom()).isTrue();
        assertThat(events()).containsExactly("reply");
    }

    @Test
    void clientThatStaysSlowIsGivenUpOn() {
        client.setWritable(false);
        client.advance(Duration.ofSeconds(29));
        assertThat(client.next()).isNull();

        client.advance(Duration.ofSeconds(2));

        assertThat(client.lastClose()).isEqualTo(4408);
        assertThat(client.chat.session().closed).isTrue();
        client.advance(Duration.ofSeconds(6));
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void clientThatCatchesUpInTimeIsKept() {
        client.setWritable(false);
        client.advance(Duration.ofSeconds(29));
        client.setWritable(true);
        client.setWritable(false);
        client.advance(Duration.ofSeconds(14));
        client.setWritable(true);
        client.advance(Duration.ofSeconds(25));

        assertThat(client.isOpen()).isTrue();
    }

    @Test
    void replayedEventsAreNeverLeftOut() {
        client.setWritable(false);
        listener.onReplay(message(ROOM, 1));
        listener.onReplay(message(ROOM, 2));
        CompletableFuture<Void> writable = listener.whenWritable().toCompletableFuture();
        assertThat(writable).isNotDone();

        client.setWritable(true);

        assertThat(writable).isDone();
        assertThat(events()).containsExactly("newMessage", "newMessage");
    }

    @Test
    void replayGoesOnAtOnceWhileTheQueueIsFree() {
        assertThat(listener.whenWritable().toCompletableFuture()).isDone();
    }

    @Test
    void replayDoesNotOutliveTheConnection() {
        client.setWritable(false);
        CompletableFuture<Void> writable = listener.whenWritable().toCompletableFuture();

        client.disconnect();

        assertThat(writable).isDone();
        assertThat(client.chat.session().closed).isTrue();
    }

    @Test
    void samePresenceInAnotherRoomIsToldOnce() {
        tell(new ChatEvent.PresenceChanged(ROOM, SENDER, PresenceStatus.UNKNOWN));
        tell(new ChatEvent.PresenceChanged(OTHER, SENDER, PresenceStatus.UNKNOWN));
        tell(new ChatEvent.PresenceChanged(OTHER, UserId.random(), PresenceStatus.UNKNOWN));
        tell(new ChatEvent.PresenceChanged(ROOM, SENDER, PresenceStatus.UNKNOWN));

        assertThat(events()).hasSize(3);
    }

    @Test
    void sameEventIsEncodedOnce() {
        ChatEvent event = message(ROOM, 1);
        tell(event);
        tell(event);

        assertThat(client.receiveText()).isEqualTo(client.receiveText());
    }

    private List<String> events() {
        return client.receiveAll().stream()
                .map(frame -> frame.path("event").asText())
                .toList();
    }

    private static void assertHead(JsonNode frame, RoomId room, long seq) {
        assertThat(frame.path("event").asText()).isEqualTo("roomHead");
        assertThat(frame.path("data").path("roomId").asText()).isEqualTo(room.toString());
        assertThat(frame.path("data").path("seq").asLong()).isEqualTo(seq);
    }
}
