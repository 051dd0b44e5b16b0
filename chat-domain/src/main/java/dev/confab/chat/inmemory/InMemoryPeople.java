package dev.confab.chat.inmemory;

import dev.confab.chat.model.RoomBan;
import dev.confab.chat.model.UserId;
import dev.confab.chat.permission.People;
import dev.confab.chat.permission.Person;
import java.time.Instant;
import java.util.Optional;

/** How people stand to one room. Used inside one {@link InMemoryDatabase#transaction}. */
record InMemoryPeople(InMemoryTables tables, InMemoryRoom room, Instant now) implements People {

    @Override
    public Person person(UserId userId) {
        InMemoryMember member = room.member(userId);
        RoomBan ban = room.bans().get(userId);
        return new Person(
                tables.users.containsKey(userId),
                member == null ? null : member.role(),
                ban != null && ban.holdsAt(now));
    }

    @Override
    public Optional<UserId> heirOf(UserId owner) {
        return room.heirOf(owner);
    }
}
