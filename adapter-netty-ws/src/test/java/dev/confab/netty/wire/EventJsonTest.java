package dev.confab.netty.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.ConnectionId;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.MessageType;
import dev.confab.chat.model.PresenceStatus;
import dev.confab.chat.model.Rejection;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Sequence;
import dev.confab.chat.model.UserId;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class EventJsonTest {

    private static final RoomId ROOM = new RoomId(new UUID(1, 1));
    private static final UserId KIM = new UserId(new UUID(2, 2));
    private static final MessageId ID = new MessageId(0x0190_0000_0000_0000L, 7);
    private static final Instant NOW = Instant.parse("2026-02-24T06:00:00Z");
    private static final ClientMessageId SENT = new ClientMessageId(new UUID(3, 3));

    private static String written(JsonBody body) {
        ByteBuf buffer = Json.encode(ByteBufAllocator.DEFAULT, body);
        try {
            return buffer.toString(StandardCharsets.UTF_8).replace('"', '\'');
        } finally {
            buffer.release();
        }
    }

    @Test
    void aDeletedMessageHasNoContentWhateverIsStored() {
        Message message = new Message(
                ID,
                new Sequence(5),
                ROOM,
                null,
                null,
                SENT,
                MessageType.SYSTEM,
                "gone",
                ID,
                List.of(KIM),
                NOW,
                NOW,
                NOW);

        String expected = """
                {'id':'$id','seq':5,'roomId':'$room','senderId':null,'senderName':null,'clientMsgId':'$sent',\
                'type':'SYSTEM','content':null,'replyTo':'$id','mentions':['$kim'],\
                'createdAt':'$now','editedAt':'$now','deletedAt':'$now'}""";
        assertThat(written(json -> ChatJson.message(json, message))).isEqualTo(filled(expected));
    }

    private static String filled(String template) {
        return template.replace("$id", ID.toString())
                .replace("$room", ROOM.toString())
                .replace("$sent", SENT.toString())
                .replace("$kim", KIM.toString())
                .replace("$now", "2026-02-24T06:00:00.000Z");
    }

    @Test
    void eventsHaveTheFieldsOfTheCatalogue() {
        told(new ChatEvent.CommandRejected(ROOM, KIM, SENT, Rejection.ROOM_CLOSED), """
                messageRejected {'roomId':'$room','clientMsgId':'$sent','commandId':'$sent',\
                'messageId':null,'code':'room-closed'}""");
        told(new ChatEvent.ReadMarked(ROOM, KIM, ID, new Sequence(5), NOW), """
                readReceipt {'roomId':'$room','userId':'$kim','lastReadMessageId':'$id',\
                'lastReadSeq':5,'readAt':'$now'}""");
        told(new ChatEvent.Typing(ROOM, KIM, "Kim", true, ConnectionId.random()), """
                typing {'roomId':'$room','userId':'$kim','userName':'Kim','isTyping':true}""");
        told(new ChatEvent.UserJoined(ROOM, KIM, "Kim"), """
                userJoined {'roomId':'$room','userId':'$kim','userName':'Kim'}""");
        told(new ChatEvent.UserLeft(ROOM, KIM, "Kim"), """
                userLeft {'roomId':'$room','userId':'$kim','userName':'Kim'}""");
        told(new ChatEvent.PresenceChanged(ROOM, KIM, PresenceStatus.UNKNOWN), """
                presence {'userId':'$kim','status':'UNKNOWN','lastSeenAt':null}""");
    }

    private static void told(ChatEvent event, String expected) {
        String data = written(json -> EventJson.data(json, event));
        assertThat(EventJson.name(event) + " " + data).isEqualTo(filled(expected));
    }
}
