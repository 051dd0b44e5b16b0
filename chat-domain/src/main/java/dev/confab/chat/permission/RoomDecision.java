package dev.confab.chat.permission;

import dev.confab.chat.model.AuditAction;
import dev.confab.chat.model.AuditEntry;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.Role;
import dev.confab.chat.model.Room;
import dev.confab.chat.model.RoomAct;
import dev.confab.chat.model.RoomChange;
import dev.confab.chat.model.RoomStatus;
import dev.confab.chat.model.UserId;
import dev.confab.chat.model.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of an act in a locked room. Pure: the same room and people give the same verdict. */
public final class RoomDecision {

    private final Room room;
    private final UserId by;
    private final Instant now;
    private final People people;
    private final Person actor;

    private RoomDecision(Room room, UserId by, Instant now, People people) {
        this.room = room;
        this.by = by;
        this.now = now;
        this.people = people;
        this.actor = people.person(by);
    }

    /**
     * Decides one act.
     *
     * @param room as it is under its lock
     * @param by whose act it is
     * @param now the wall clock
     */
    public static Verdict decide(Room room, UserId by, RoomAct act, Instant now, People people) {
        RoomDecision decision = new RoomDecision(room, by, now, people);
        return switch (act) {
            case RoomAct.Join join -> decision.join();
            case RoomAct.Leave leave -> decision.leave();
            case RoomAct.Invite invite -> decision.invite(invite.userId());
            case RoomAct.ChangeRole change -> decision.changeRole(change.userId(), change.role());
            case RoomAct.Remove remove -> decision.remove(remove.userId());
            case RoomAct.Ban ban -> decision.ban(ban);
            case RoomAct.LiftBan lift -> decision.liftBan(lift.userId());
            case RoomAct.Update update -> decision.update(update);
            case RoomAct.Close close -> decision.close();
        };
    }

    /**
     * Lets one of the two whom a DIRECT room is for back in; it is open again if both had left. Nothing changes for who
     * is a member.
     */
    public static Verdict.Done letBackIn(Room room, UserId one, Instant now, People people) {
        RoomDecision decision = new RoomDecision(room, one, now, people);
        if (decision.actor.role() != null) {
            return new Verdict.Done(room, List.of(), null);
        }
        return new Verdict.Done(
                decision.after(1, RoomStatus.OPEN),
                List.of(new RoomChange.MemberJoined(room.id(), one, Role.MEMBER, one, decision.next(), now)),
                null);
    }

    private Verdict join() {
        if (actor.role() != null) {
            return nothing();
        }
        if (!actor.exists()) {
            return refused(Refusal.Code.USER_NOT_FOUND);
        }
        if (!RoomAction.JOIN.in(RoomKind.of(room)).includes(null)) {
            return refused(Refusal.Code.ROOM_NOT_FOUND);
        }
        return admit(by, actor);
    }

    private Verdict invite(UserId userId) {
        Optional<Refusal> refusal = refusal(RoomAction.INVITE);
        if (refusal.isPresent()) {
            return new Verdict.Refused(refusal.get());
        }
        Person invited = people.person(userId);
        if (invited.role() != null) {
            return nothing();
        }
        return invited.exists() ? admit(userId, invited) : refused(Refusal.Code.USER_NOT_FOUND);
    }

    private Verdict admit(UserId userId, Person newcomer) {
        if (newcomer.banned()) {
            return refused(Refusal.Code.BANNED);
        }
        if (room.status() == RoomStatus.CLOSED) {
            return refused(Refusal.Code.ROOM_CLOSED);
        }
        if (room.capacity() != null && room.memberCount() >= room.capacity()) {
            return refused(Refusal.Code.ROOM_FULL);
        }
        return done(1, new RoomChange.MemberJoined(room.id(), userId, Role.MEMBER, by, next(), now), null);
    }

    private Verdict leave() {
        Optional<Refusal> refusal = refusal(RoomAction.LEAVE);
        if (refusal.isPresent() || actor.role() == null) {
            return new Verdict.Refused(refusal.orElseGet(() -> Refusal.of(Refusal.Code.NOT_A_MEMBER)));
        }
        List<RoomChange> changes = new ArrayList<>();
        changes.add(new RoomChange.MemberLeft(room.id(), by, actor.role(), next(), now));
        if (actor.role() == Role.OWNER) {
            people.heirOf(by)
                    .ifPresent(heir ->
                            changes.add(new RoomChange.RoleChanged(room.id(), heir, Role.OWNER, by, next(), now)));
        }
        if (room.memberCount() > 1) {
            return new Verdict.Done(after(-1, room.status()), List.copyOf(changes), null);
        }
        if (room.status() == RoomStatus.OPEN) {
            changes.add(new RoomChange.RoomClosed(room.id(), by, next(), now));
        }
        return new Verdict.Done(after(-1, RoomStatus.CLOSED), List.copyOf(changes), null);
    }

    private Verdict changeRole(UserId userId, Role role) {
        Optional<Refusal> refusal = refusal(RoomAction.CHANGE_ROLE);
        if (refusal.isPresent()) {
            return new Verdict.Refused(refusal.get());
        }
        if (role == Role.OWNER) {
            return new Verdict.Refused(Refusal.invalid(
                    new Violation("role", "not-allowed", "OWNER cannot be granted, only handed over by leaving")));
        }
        Role before = people.person(userId).role();
        if (before == null) {
            return noSuchMember();
        }
        if (!reaches(before)) {
            return refused(Refusal.Code.FORBIDDEN);
        }
        if (room.status() == RoomStatus.CLOSED) {
            return refused(Refusal.Code.ROOM_CLOSED);
        }
        return before == role
                ? nothing()
                : done(
                        0,
                        new RoomChange.RoleChanged(room.id(), userId, role, by, next(), now),
                        audit(AuditAction.ROLE_CHANGED, userId, role, null));
    }

    private Verdict remove(UserId userId) {
        Optional<Refusal> refusal = refusal(RoomAction.REMOVE);
        if (refusal.isPresent()) {
            return new Verdict.Refused(refusal.get());
        }
        Role role = people.person(userId).role();
        if (role == null) {
            return noSuchMember();
        }
        return reaches(role)
                ? done(
                        -1,
                        new RoomChange.MemberRemoved(room.id(), userId, role, by, next(), now),
                        audit(AuditAction.MEMBER_REMOVED, userId, role, null))
                : refused(Refusal.Code.FORBIDDEN);
    }

    private Verdict ban(RoomAct.Ban ban) {
        Optional<Refusal> refusal = refusal(RoomAction.BAN);
        if (refusal.isPresent()) {
            return new Verdict.Refused(refusal.get());
        }
        Person banned = people.person(ban.userId());
        if (!banned.exists()) {
            return refused(Refusal.Code.USER_NOT_FOUND);
        }
        if (ban.userId().equals(by) || !reaches(banned.role())) {
            return refused(Refusal.Code.FORBIDDEN);
        }
        AuditEntry audit = audit(AuditAction.MEMBER_BANNED, ban.userId(), banned.role(), ban.reason());
        if (banned.role() == null && banned.banned()) {
            return new Verdict.Done(room, List.of(), audit);
        }
        return done(
                banned.role() == null ? 0 : -1,
                new RoomChange.MemberBanned(room.id(), ban.userId(), banned.role(), by, next(), now),
                audit);
    }

    private Verdict liftBan(UserId userId) {
        Optional<Refusal> refusal = refusal(RoomAction.BAN);
        if (refusal.isPresent()) {
            return new Verdict.Refused(refusal.get());
        }
        return people.person(userId).banned()
                ? new Verdict.Done(room, List.of(), audit(AuditAction.BAN_LIFTED, userId, null, null))
                : nothing();
    }

    private Verdict update(RoomAct.Update update) {
        Optional<Refusal> refusal = refusal(RoomAction.UPDATE);
        if (refusal.isPresent()) {
            return new Verdict.Refused(refusal.get());
        }
        if (room.status() == RoomStatus.CLOSED) {
            return refused(Refusal.Code.ROOM_CLOSED);
        }
        Integer capacity = update.capacity();
        if (capacity != null && capacity < room.memberCount()) {
            return new Verdict.Refused(Refusal.invalid(new Violation(
                    "capacity",
                    "too-small",
                    "capacity is " + capacity + ", but the room has " + room.memberCount() + " members")));
        }
        List<String> fields = new ArrayList<>(4);
        note(fields, "name", update.name(), room.name());
        note(fields, "visibility", update.visibility(), room.visibility());
        note(fields, "capacity", capacity, room.capacity());
        note(fields, "metadata", update.metadata(), room.metadata());
        if (fields.isEmpty()) {
            return nothing();
        }
        Room after = RoomCopies.updated(room, update);
        String newName = fields.contains("name") ? update.name() : null;
        return new Verdict.Done(
                after,
                List.of(new RoomChange.RoomUpdated(room.id(), by, newName, room.memberVersion(), now)),
                audit(AuditAction.ROOM_UPDATED, null, null, String.join(",", fields)));
    }

    private static void note(List<String> fields, String name, @Nullable Object asked, @Nullable Object present) {
        if (asked != null && !Objects.equals(asked, present)) {
            fields.add(name);
        }
    }

    private Verdict close() {
        Optional<Refusal> refusal = refusal(RoomAction.CLOSE);
        if (refusal.isPresent()) {
            return new Verdict.Refused(refusal.get());
        }
        if (room.status() == RoomStatus.CLOSED) {
            return nothing();
        }
        return new Verdict.Done(
                after(0, RoomStatus.CLOSED),
                List.of(new RoomChange.RoomClosed(room.id(), by, next(), now)),
                audit(AuditAction.ROOM_CLOSED, null, null, null));
    }

    private Optional<Refusal> refusal(RoomAction action) {
        return action.refusal(RoomKind.of(room), actor.role());
    }

    private boolean reaches(@Nullable Role target) {
        return actor.role() != null && RoomAction.reaches(actor.role(), target);
    }

    private static Verdict refused(Refusal.Code code) {
        return new Verdict.Refused(Refusal.of(code));
    }

    private static Verdict noSuchMember() {
        return new Verdict.Refused(
                new Refusal(Refusal.Code.USER_NOT_FOUND, "There is no such member in this room.", List.of()));
    }

    private Verdict nothing() {
        return new Verdict.Done(room, List.of(), null);
    }

    private Verdict done(int members, RoomChange change, @Nullable AuditEntry audit) {
        return new Verdict.Done(after(members, room.status()), List.of(change), audit);
    }

    private Room after(int members, RoomStatus status) {
        return RoomCopies.with(room, status, room.memberCount() + members, next());
    }

    private long next() {
        return room.memberVersion() + 1;
    }

    private AuditEntry audit(
            AuditAction action, @Nullable UserId userId, @Nullable Role role, @Nullable String detail) {
        return new AuditEntry(room.id(), action, by, userId, null, role, detail, now);
    }
}
