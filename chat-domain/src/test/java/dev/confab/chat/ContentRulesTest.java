package dev.confab.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.inmemory.BannedWords;
import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Result;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.User;
import dev.confab.chat.port.in.EditMessage;
import dev.confab.chat.port.in.PostMessage;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an operator forbids is refused before it is accepted, and what was accepted stays so. */
class ContentRulesTest {

    private final Township town = new Township();
    private final Chat chat = town.gateway();
    private final User kim = Township.register(chat, "kim");
    private final Room room = Township.room(chat, kim);

    @AfterEach
    void close() throws Exception {
        town.close();
    }

    private Result<ClientMessageId> post(PostMessage.Send send) {
        return chat.postMessage().post(send).accepted().toCompletableFuture().join();
    }

    private static void assertForbidden(Result<ClientMessageId> result) {
        assertThat(result).isInstanceOf(Result.Refused.class);
        Refusal refusal = ((Result.Refused<ClientMessageId>) result).refusal();
        assertThat(refusal.code()).isEqualTo(Refusal.Code.VALIDATION);
        assertThat(refusal.violations()).hasSize(1);
    }

    @Test
    void aBannedWordIsRefusedAndNothingIsStored() {
        town.contentPolicy = new BannedWords(List.of("darn"));
        PostMessage.Send send = Township.send(kim.id(), room.id(), "darn it");

        assertForbidden(post(send));

        assertThat(chat.findOutcome().find(kim.id(), room.id(), send.clientMessageId()))
                .isEmpty();
        town.contentPolicy = new BannedWords(List.of());
        assertThat(post(send)).isEqualTo(Result.ok(send.clientMessageId()));
    }

    @Test
    void aBannedWordIsRefusedInAnEditToo() {
        PostMessage.Persistence first = Township.post(chat, Township.send(kim.id(), room.id(), "dear me"));
        Message message = ((PostMessage.Persistence.Stored) first).message();
        town.contentPolicy = new BannedWords(List.of("darn"));

        assertForbidden(edit(message, "darn me"));
        assertThat(edit(message, "oh dear")).isInstanceOf(Result.Ok.class);
    }

    private Result<ClientMessageId> edit(Message message, String content) {
        return chat.editMessage()
                .edit(new EditMessage.Edit(kim.id(), room.id(), message.id(), ClientMessageId.random(), content))
                .toCompletableFuture()
                .join();
    }

    @Test
    void aRepeatIsAcceptedAlthoughItsWordWasBannedSince() {
        PostMessage.Send send = Township.send(kim.id(), room.id(), "darn it");
        PostMessage.Persistence first = Township.post(chat, send);

        town.contentPolicy = new BannedWords(List.of("darn"));

        assertThat(Township.post(chat, send)).isEqualTo(first);
        assertForbidden(post(Township.send(kim.id(), room.id(), "darn it")));
    }
}
