package dev.confab.testkit;

import dev.confab.chat.model.ClientMessageId;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.Message;
import dev.confab.chat.model.MessageId;
import dev.confab.chat.model.Rejection;
import dev.confab.chat.model.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One room as a child would keep it: one list of all that happened, and nothing that could drift. Used by one thread. */
final class TimelineModel {

    /** A message as it is now. */
    static final class Said {
        final long seq;
        final UserId author;

        @Nullable
        String content;

        boolean deleted;
        /** As the store called it; known once the store has told. */
        @Nullable
        MessageId id;

        Said(long seq, UserId author, String content) {
            this.seq = seq;
            this.author = author;
            this.content = content;
        }
    }

    /** What happened at one place of the order: a message, or {@code edit} or {@code delete} of one. */
    record Happened(String what, Said said) {}

    /** How a command ended: at a place, or refused. */
    record Ended(long seq, @Nullable Said said, @Nullable Rejection reason) {}

    private record Name(UserId sender, ClientMessageId command) {}

    private final UserId owner;
    private final Set<UserId> members = new HashSet<>();
    private final Map<UserId, Long> markers = new HashMap<>();
    private final List<Happened> timeline = new ArrayList<>();
    private final Map<Name, Ended> outcomes = new HashMap<>();

    TimelineModel(UserId owner) {
        this.owner = owner;
        join(owner);
    }

    void join(UserId user) {
        members.add(user);
        markers.put(user, (long) timeline.size());
    }

    void leave(UserId user) {
        members.remove(user);
    }

    boolean isMember(UserId user) {
        return members.contains(user);
    }

    void read(UserId user, Said said) {
        markers.merge(user, said.seq, Math::max);
    }

    List<Happened> timeline() {
        return timeline;
    }

    List<Said> messages() {
        return timeline.stream()
                .filter(happened -> happened.what().equals("post"))
                .map(Happened::said)
                .toList();
    }

    long unread(UserId user) {
        long marker = Objects.requireNonNull(markers.get(user));
        return messages().stream()
                .filter(said -> said.seq > marker && !said.deleted)
                .filter(said -> !said.author.equals(user) && !said.author.equals(UserId.NOBODY))
                .count();
    }

    @Nullable
    Ended outcome(UserId sender, ClientMessageId command) {
        return outcomes.get(new Name(sender, command));
    }

    /** Carries out a command, unless that was done before. */
    Ended run(Command command) {
        Name name = new Name(command.senderId(), command.commandId());
        Ended before = outcomes.get(name);
        if (before != null) {
            return before;
        }
        Ended ended = carryOut(command);
        outcomes.put(name, ended);
        return ended;
    }

    private Ended carryOut(Command command) {
        if (command instanceof Command.Announce announce) {
            return say(announce.senderId(), announce.content());
        }
        if (!isMember(command.senderId())) {
            return refused(Rejection.NOT_A_MEMBER);
        }
        return switch (command) {
            case Command.Post post -> post(post);
            case Command.Change change -> change(change);
            case Command.Announce announce -> throw new AssertionError("said already");
        };
    }

    private Ended say(UserId author, String content) {
        Said said = new Said(timeline.size() + 1L, author, content);
        timeline.add(new Happened("post", said));
        return new Ended(said.seq, said, null);
    }

    private Ended post(Command.Post post) {
        if (post.replyTo() != null && find(post.replyTo()) == null) {
            return refused(Rejection.MESSAGE_NOT_FOUND);
        }
        Ended said = say(post.senderId(), post.body().content());
        read(post.senderId(), Objects.requireNonNull(said.said()));
        return said;
    }

    private Ended change(Command.Change change) {
        Said said = find(change.messageId());
        if (said == null || said.deleted) {
            return refused(Rejection.MESSAGE_NOT_FOUND);
        }
        boolean author = said.author.equals(change.senderId());
        boolean moderates =
                change instanceof Command.Delete && change.senderId().equals(owner);
        if (!author && !moderates) {
            return refused(Rejection.FORBIDDEN);
        }
        if (change instanceof Command.Edit edit) {
            said.content = edit.content();
            timeline.add(new Happened("edit", said));
        } else {
            said.content = null;
            said.deleted = true;
            timeline.add(new Happened("delete", said));
        }
        return new Ended(timeline.size(), said, null);
    }

    private @Nullable Said find(MessageId id) {
        return messages().stream()
                .filter(said -> id.equals(said.id))
                .findFirst()
                .orElse(null);
    }

    private static Ended refused(Rejection reason) {
        return new Ended(0, null, reason);
    }

    /** Learns what the store called a message. */
    void named(Message message) {
        timeline.get((int) message.seq().value() - 1).said().id = message.id();
    }
}
