package dev.confab.netty.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.netty.RestClient;
import dev.confab.netty.RestClient.Person;
import dev.confab.netty.RestClient.Reply;
import dev.confab.netty.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NotificationLevelTest {

    @SuppressWarnings("NullAway.Init")
    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String room(Person owner, String visibility) {
        return "/rooms/"
                + owner.client()
                        .post("/rooms", "{\"name\":\"Plans\",\"visibility\":\"" + visibility + "\"}")
                        .json()
                        .path("id")
                        .asText();
    }

    private static Reply set(RestClient client, String room, String level) {
        return client.put(room + "/notifications", "{\"level\":\"" + level + "\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALL", "MENTIONS", "NONE"})
    void aMemberChoosesALevelAndMayChooseItAgain(String level) {
        Person kim = server.client().person("kim");
        String room = room(kim, "PRIVATE");

        assertThat(set(kim.client(), room, level).status()).isEqualTo(204);
        Reply again = set(kim.client(), room, level);
        assertThat(again.status()).isEqualTo(204);
        assertThat(again.text()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"level\":\"all\"}", "{\"level\":\"SOME\"}", "{\"level\":null}", "{}", "{\"level\":1}"})
    void anotherWordIsRefusedByName(String body) {
        Person kim = server.client().person("kim");

        Reply reply = kim.client().put(room(kim, "PUBLIC") + "/notifications", body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("validation");
        assertThat(reply.json().path("errors").path(0).path("field").asText()).isEqualTo("level");
    }

    @Test
    void whoIsOutsideIsToldNoMoreThanElsewhere() {
        Person kim = server.client().person("kim");
        Person lee = server.client().person("lee");

        Reply inPublic = set(lee.client(), room(kim, "PUBLIC"), "NONE");
        assertThat(inPublic.status()).isEqualTo(403);
        assertThat(inPublic.code()).isEqualTo("not-a-member");
        Reply inPrivate = set(lee.client(), room(kim, "PRIVATE"), "NONE");
        assertThat(inPrivate.status()).isEqualTo(404);
        assertThat(inPrivate.code()).isEqualTo("room-not-found");
        assertThat(set(lee.client(), "/rooms/00000000-0000-4000-8000-000000000000", "NONE")
                        .status())
                .isEqualTo(404);
        assertThat(set(server.client(), room(kim, "PUBLIC"), "NONE").status()).isEqualTo(401);
    }

    @Test
    void theLevelOfAClosedRoomCanStillBeChosen() {
        Person kim = server.client().person("kim");
        String room = room(kim, "PUBLIC");
        kim.client().post(room + "/close");

        assertThat(set(kim.client(), room, "NONE").status()).isEqualTo(204);
    }
}
