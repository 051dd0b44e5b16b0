package dev.confab.netty.ws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.MessageBody;
import dev.confab.chat.model.MessageType;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.in.PostMessage;
import dev.confab.netty.RestClient;
import dev.confab.netty.TestServer;
import dev.confab.testkit.AtOnce;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** People on real sockets with a whole chat in memory behind them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConversationTest {

    private final TestServer server = TestServer.start();
    private final List<ChatClient> clients = new ArrayList<>();

    private final RestClient.Person kim = person("kim");
    private final RestClient.Person lee = person("lee");

    private RestClient.Person person(String nickname) {
        return server.client().person(nickname);
    }

    @AfterEach
    void hangUp() {
        clients.forEach(ChatClient::close);
        clients.clear();
    }

    @AfterAll
    void close() {
        server.close();
    }

    private ChatClient connect(RestClient.Person person) {
        ChatClient client = ChatClient.connect(server.server().httpPort(), person.accessToken());
        clients.add(client);
        return client;
    }

    /** A room with both. */
    private String room() {
        return kim.client().room("room", lee);
    }

    @Test
    void messageReachesEverybodyInTheRoomAndAllConnectionsOfItsSender() {
        String room = room();
        ChatClient kimHere = connect(kim);
        ChatClient kimElsewhere = connect(kim);
        ChatClient leeHere = connect(lee);
        leeHere.ask("joinRoom", ChatClient.room(room));

        JsonNode accepted = kimHere.say(room, "안녕 😀");

        assertThat(accepted.path("event").asText()).isEqualTo("messageAccepted");
        for (ChatClient client : List.of(kimElsewhere, leeHere)) {
            JsonNode message = client.next("newMessage").path("data");
            assertThat(message.path("content").asText()).isEqualTo("안녕 😀");
            assertThat(message.path("senderName").asText()).isEqualTo("kim");
            assertThat(message.path("clientMsgId"))
                    .isEqualTo(accepted.path("data").path("clientMsgId"));
        }
    }

    @Test
    void repeatOfASendIsAcceptedAgainAndShownOnce() {
        String room = room();
        ChatClient client = connect(kim);
        client.ask("joinRoom", ChatClient.room(room));
        String same = ChatClient.message(room, ClientMessageId.random().toString(), "once");

        JsonNode first = client.ask("sendMessage", same);
        JsonNode repeat = client.ask("sendMessage", same);
        client.say(room, "after");

        assertThat(first.path("event").asText()).isEqualTo("messageAccepted");
        assertThat(repeat.path("event").asText()).isEqualTo("messageAccepted");
        assertThat(client.next("newMessage").path("data").path("content").asText())
                .isEqualTo("once");
        JsonNode after = client.next("newMessage").path("data");
        assertThat(after.path("content").asText()).isEqualTo("after");
        assertThat(after.path("seq").asInt()).isEqualTo(2);
    }

    @Test
    void whoHasJoinedLiveIsListedAsOnlineUntilLeaving() {
        String room = room();
        ChatClient leeHere = connect(lee);
        ChatClient kimHere = connect(kim);
        kimHere.ask("joinRoom", ChatClient.room(room));
        leeHere.ask("joinRoom", ChatClient.room(room));
        assertThat(kimHere.next("userJoined").path("data").path("userId").asText())
                .isEqualTo(lee.id());
        assertThat(online(room)).containsExactlyInAnyOrder(kim.id(), lee.id());

        leeHere.ask("leaveRoom", ChatClient.room(room));
        assertThat(kimHere.next("userLeft").path("data").path("userId").asText())
                .isEqualTo(lee.id());

        assertThat(online(room)).containsExactly(kim.id());
        assertThat(person("stranger").client().get("/rooms/" + room + "/online").status())
                .isEqualTo(403);
    }

    private List<String> online(String room) {
        return kim.client()
                .get("/rooms/" + room + "/online")
                .json()
                .path("items")
                .findValuesAsText("userId");
    }

    @Test
    void everyReceiverSeesOneOrderWithoutAHole() {
        String room = room();
        List<ChatClient> receivers =
                Stream.of(kim, lee, kim, lee).map(this::connect).toList();
        receivers.forEach(receiver -> receiver.ask("joinRoom", ChatClient.room(room)));
        List<ChatClient> senders =
                Stream.generate(() -> lee).limit(10).map(this::connect).toList();
        int each = 40;
        int all = senders.size() * each;

        AtOnce.call(senders, sender -> {
            for (int i = 0; i < each; i++) {
                sender.send(
                        "sendMessage",
                        ChatClient.message(room, ClientMessageId.random().toString(), "m" + i));
            }
            return 0;
        });

        List<Long> inOrder = LongStream.rangeClosed(1, all).boxed().toList();
        for (ChatClient receiver : receivers) {
            List<Long> seen = new ArrayList<>();
            Set<String> ids = new HashSet<>();
            for (int i = 0; i < all; i++) {
                JsonNode message = receiver.next("newMessage").path("data");
                seen.add(message.path("seq").asLong());
                ids.add(message.path("clientMsgId").asText());
            }
            assertThat(seen).isEqualTo(inOrder);
            assertThat(ids).hasSize(all);
        }
    }

    @Test
    void whatOneConnectionSendsKeepsItsOrder() {
        String room = room();
        ChatClient client = connect(kim);
        client.ask("joinRoom", ChatClient.room(room));

        for (int i = 0; i < 200; i++) {
            client.send(
                    "sendMessage",
                    ChatClient.message(room, ClientMessageId.random().toString(), "m" + i));
        }

        for (int i = 0; i < 200; i++) {
            assertThat(client.next("newMessage").path("data").path("content").asText())
                    .isEqualTo("m" + i);
        }
    }

    @Test
    void missedMessagesComeBeforeTheAnswerAndLiveOnesAfter() {
        String room = room();
        ChatClient sender = connect(kim);
        ChatClient away = connect(lee);
        long seen = away.ask("joinRoom", ChatClient.room(room))
                .path("data")
                .path("seq")
                .asLong();
        away.close();
        for (int i = 1; i <= 250; i++) {
            sender.send(
                    "sendMessage",
                    ChatClient.message(room, ClientMessageId.random().toString(), "missed"));
        }
        awaitMessage(sender, 250);

        ChatClient back = connect(lee);
        back.send("joinRoom", "{\"roomId\":\"" + room + "\",\"lastSeq\":" + seen + "}");
        assertThat(back.nextOfAll().path("event").asText()).isEqualTo("connected");

        for (int i = 1; i <= 250; i++) {
            JsonNode message = back.nextOfAll();
            assertThat(message.path("event").asText()).isEqualTo("newMessage");
            assertThat(message.path("data").path("seq").asInt()).isEqualTo(i);
        }
        JsonNode reply = back.nextOfAll();
        assertThat(reply.path("event").asText()).isEqualTo("reply");
        assertThat(reply.path("data").path("recovered").asBoolean()).isTrue();
        assertThat(reply.path("data").path("seq").asInt()).isEqualTo(250);
        sender.say(room, "live");
        assertThat(back.nextOfAll().path("data").path("seq").asInt()).isEqualTo(251);
    }

    /** Waits until a client was told of the message with that place. */
    private static void awaitMessage(ChatClient client, long seq) {
        long seen = 0;
        while (seen < seq) {
            seen = client.next("newMessage").path("data").path("seq").asLong();
        }
    }

    @Test
    void longestContentOfAnyScriptFitsAndLongerIsRefused() {
        String room = room();
        ChatClient client = connect(kim);

        assertThat(client.say(room, "😀".repeat(4_000)).path("event").asText()).isEqualTo("messageAccepted");
        assertThat(client.next("newMessage").path("data").path("content").asText())
                .isEqualTo("😀".repeat(4_000));
        JsonNode failed = client.say(room, "한".repeat(4_001));

        assertThat(failed.path("event").asText()).isEqualTo("messageFailed");
        assertThat(failed.path("data").path("code").asText()).isEqualTo("validation");
        assertThat(client.say(room, "still here").path("event").asText()).isEqualTo("messageAccepted");
    }

    @Test
    void strangerMayNeitherSendNorListen() {
        String room = kim.client().room("without lee");
        ChatClient client = connect(lee);

        assertThat(client.say(room, "hello").path("data").path("code").asText()).isEqualTo("not-a-member");
        assertThat(client.ask("joinRoom", ChatClient.room(room))
                        .path("data")
                        .path("code")
                        .asText())
                .isEqualTo("not-a-member");
    }

    @Test
    void typingAndComingAreToldToTheOthers() {
        String room = room();
        ChatClient kimHere = connect(kim);
        kimHere.ask("joinRoom", ChatClient.room(room));
        ChatClient leeHere = connect(lee);
        leeHere.ask("joinRoom", ChatClient.room(room));
        assertThat(kimHere.next("userJoined").path("data").path("userName").asText())
                .isEqualTo("lee");

        leeHere.send("typing", "{\"roomId\":\"" + room + "\",\"isTyping\":true}");

        JsonNode typing = kimHere.next("typing").path("data");
        assertThat(typing.path("userId").asText()).isEqualTo(lee.id());
        assertThat(typing.path("isTyping").asBoolean()).isTrue();
        leeHere.ask("leaveRoom", ChatClient.room(room));
        assertThat(kimHere.next("userLeft").path("data").path("userId").asText())
                .isEqualTo(lee.id());
    }

    @Test
    void readMarkerIsAnsweredAndTold() {
        String room = room();
        ChatClient kimHere = connect(kim);
        kimHere.ask("joinRoom", ChatClient.room(room));
        ChatClient leeHere = connect(lee);
        leeHere.ask("joinRoom", ChatClient.room(room));
        kimHere.say(room, "one");
        String messageId = leeHere.next("newMessage").path("data").path("id").asText();

        JsonNode marked =
                leeHere.ask("markRead", "{\"roomId\":\"" + room + "\",\"lastReadMessageId\":\"" + messageId + "\"}");

        assertThat(marked.path("data").path("unreadCount").asInt()).isZero();
        JsonNode receipt = kimHere.next("readReceipt").path("data");
        while (!receipt.path("userId").asText().equals(lee.id())) {
            receipt = kimHere.next("readReceipt").path("data");
        }
        assertThat(receipt.path("lastReadMessageId").asText()).isEqualTo(messageId);
    }

    @Test
    void logoutEndsTheConnection() {
        RestClient.Person park = person("park");
        ChatClient client = connect(park);

        park.client().post("/auth/logout", "{\"refreshToken\":\"" + park.refreshToken() + "\"}");

        assertThat(client.next("error").path("data").path("code").asText()).isEqualTo("unauthenticated");
        assertThat(client.closeStatus()).isEqualTo(4401);
    }

    @Test
    void oldestOfTooManyConnectionsGoes() {
        ChatClient oldest = connect(kim);

        // Connections of other tests may still be counted for a moment, and go first.
        for (int i = 0; i < 60 && oldest.isOpen(); i++) {
            connect(kim);
        }

        assertThat(oldest.closeStatus()).isEqualTo(4409);
    }

    @Test
    void clientThatDoesNotReadHoldsUpNobodyAndIsToldTheHead() {
        String room = room();
        ChatClient reader = connect(kim);
        reader.ask("joinRoom", ChatClient.room(room));
        ChatClient slow = ChatClient.connectWithoutReading(server.server().httpPort(), lee.accessToken());
        clients.add(slow);
        int join = slow.send("joinRoom", ChatClient.room(room));
        reader.next("userJoined");
        // More than the buffers of both kernels hold; posted from inside, so that only the way out is long.
        int count = 1_500;
        MessageBody body = new MessageBody(MessageType.TEXT, "한".repeat(4_000));
        UserId sender = UserId.parse(kim.id()).orElseThrow();
        RoomId roomId = RoomId.parse(room).orElseThrow();
        for (int seq = 1; seq <= count; seq++) {
            server.chat()
                    .postMessage()
                    .post(new PostMessage.Send(sender, roomId, ClientMessageId.random(), body, null));
            if (seq % 50 == 0) {
                awaitMessage(reader, seq);
            }
        }

        slow.beginToRead();

        slow.answerTo(join);
        long seen = 0;
        JsonNode frame = slow.nextOfAll();
        while (!frame.path("event").asText().equals("roomHead")) {
            if (frame.path("event").asText().equals("newMessage")) {
                assertThat(frame.path("data").path("seq").asLong()).isEqualTo(seen + 1);
                seen++;
            }
            frame = slow.nextOfAll();
        }
        assertThat(seen).isLessThan(count);
        assertThat(frame.path("data").path("seq").asLong()).isEqualTo(count);
        reader.say(room, "and on");
        assertThat(slow.nextOfAll().path("data").path("seq").asLong()).isEqualTo(count + 1);
    }

    @Test
    void drainingServerSendsClientsAwayAfterTheirAnswers() {
        try (TestServer stopping = TestServer.start()) {
            RestClient.Person jung = stopping.client().person("jung");
            String room = jung.client().room("room");
            try (ChatClient client = ChatClient.connect(stopping.server().httpPort(), jung.accessToken())) {
                for (int i = 0; i < 50; i++) {
                    client.say(room, "m" + i);
                }

                stopping.server().drain(Duration.ofSeconds(5));

                assertThat(client.next("goAway").path("data").path("reason").asText())
                        .isEqualTo("draining");
                assertThat(client.closeStatus()).isEqualTo(1001);
            }
        }
    }
}
