package dev.confab.chat.inmemory;

import dev.confab.chat.model.Command;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.Outcome;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.UserId;
import dev.confab.chat.timeline.CommandKey;
import dev.confab.chat.timeline.LockedRoom;
import dev.confab.chat.timeline.Mentions;
import dev.confab.chat.timeline.Replays;
import dev.confab.chat.timeline.Targets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what a decision about a room needs. Used only inside {@link InMemoryDatabase#transaction}. */
final class InMemoryLock {

    private InMemoryLock() {}

    /** @param replayed those of the commands that an operator put back */
    static LockedRoom read(InMemoryTables tables, RoomId roomId, List<Command> commands, Set<CommandKey> replayed) {
        InMemoryRoom room = tables.rooms.get(roomId);
        Map<CommandKey, Outcome> outcomes = tables.outcomesIn(roomId);
        Map<CommandKey, Outcome> known = new HashMap<>();
        Map<UserId, LockedRoom.Member> members = new HashMap<>();
        Map<MessageId, Message> targets = new HashMap<>();
        Set<String> candidates = new HashSet<>();
        for (Command command : commands) {
            CommandKey key = CommandKey.of(command);
            Outcome outcome = outcomes.get(key);
            if (outcome != null) {
                known.put(key, tables.present(outcome));
            }
            if (room == null) {
                continue;
            }
            InMemoryMember member = room.member(command.senderId());
            if (member != null) {
                members.put(
                        command.senderId(), new LockedRoom.Member(tables.nickname(command.senderId()), member.role()));
            }
            Targets.of(command)
                    .map(room::find)
                    .ifPresent(target -> targets.put(target.message().id(), tables.named(target.message())));
            candidates.addAll(Mentions.candidates(command));
        }
        Map<CommandKey, Outcome> binding = Replays.binding(known, replayed);
        if (room == null) {
            return LockedRoom.missing(roomId, binding);
        }
        return new LockedRoom(
                roomId,
                room.status(),
                room.lastSeq(),
                room.ord(),
                room.lastMessageId(),
                members,
                binding,
                targets,
                nicknames(tables, room, candidates));
    }

    private static Map<String, Set<UserId>> nicknames(
            InMemoryTables tables, InMemoryRoom room, Set<String> candidates) {
        Map<String, Set<UserId>> nicknames = new HashMap<>();
        if (!candidates.isEmpty()) {
            for (UserId member : room.members().keySet()) {
                String nickname = tables.nickname(member);
                if (candidates.contains(nickname)) {
                    nicknames
                            .computeIfAbsent(nickname, ignored -> new HashSet<>())
                            .add(member);
                }
            }
        }
        return nicknames;
    }
}
