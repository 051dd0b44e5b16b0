package dev.confab.chat.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.confab.chat.model.ConnectionId;
import dev.confab.chat.model.PresenceStatus;
import dev.confab.chat.model.PresenceStatus.State;
import dev.confab.chat.model.User;
import dev.confab.chat.model.UserId;
import dev.confab.chat.port.in.QueryPresence;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class QueryPresenceTest {

    private static final Instant SEEN = Instant.parse("2026-02-23T12:00:00Z");

    private final UseCases chat = new UseCases();
    private final User kim = chat.user("kim");
    private final User lee = chat.user("lee");
    private final QueryPresence queryPresence = new QueryPresenceService(chat.presence, chat.stores.users());

    @Test
    void whoIsConnectedIsOnline() {
        chat.presence.connect(kim.id(), ConnectionId.random());

        assertThat(queryPresence.query(List.of(kim.id())).get(kim.id()))
                .isNotNull()
                .extracting(PresenceStatus::state)
                .isEqualTo(State.ONLINE);
    }

    @Test
    void whoIsGoneWasLastSeenAsTheUserStoreKnows() {
        chat.stores.users().seen(Map.of(kim.id(), SEEN));
        UserId nobody = UserId.random();

        assertThat(queryPresence.query(List.of(kim.id(), lee.id(), nobody, kim.id())))
                .isEqualTo(Map.of(
                        kim.id(),
                        new PresenceStatus(State.OFFLINE, SEEN),
                        lee.id(),
                        new PresenceStatus(State.OFFLINE, null),
                        nobody,
                        new PresenceStatus(State.OFFLINE, null)));
    }

    @Test
    void everybodyIsUnknownWhilePresenceIsAway() {
        chat.stores.users().seen(Map.of(kim.id(), SEEN));
        chat.presence.close();

        assertThat(queryPresence.query(List.of(kim.id(), lee.id())))
                .isEqualTo(Map.of(kim.id(), PresenceStatus.UNKNOWN, lee.id(), PresenceStatus.UNKNOWN));
    }

    @Test
    void atMostTwoHundredAreAskedFor() {
        assertThat(queryPresence.query(
                        Stream.generate(UserId::random).limit(200).toList()))
                .hasSize(200);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> queryPresence.query(
                        Stream.generate(UserId::random).limit(201).toList()));
        assertThat(queryPresence.query(List.of())).isEmpty();
    }
}
