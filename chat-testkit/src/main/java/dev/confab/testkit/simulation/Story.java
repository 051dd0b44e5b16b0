package dev.confab.testkit.simulation;

import dev.confab.chat.model.ChatEvent;
import dev.confab.chat.model.Command;
import dev.confab.chat.model.RoomId;
import dev.confab.chat.model.Signal;
import dev.confab.chat.model.UserId;
import dev.confab.chat.timeline.CommandKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What happens, in lines for a person; nothing is written while nobody wants to read it. */
final class Story {

    /** Lines beyond which nobody reads on. */
    private static final int MOST = 500;

    private final List<String> lines = new ArrayList<>();
    private final boolean wanted;
    private @Nullable String title;

    Story(boolean wanted) {
        this.wanted = wanted;
    }

    void tell(Supplier<String> line) {
        if (wanted && lines.size() < MOST) {
            if (title != null) {
                lines.add(title);
                title = null;
            }
            lines.add(line.get());
        }
    }

    /** Of what is told next, if anything is. */
    void entitle(String next) {
        title = next;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    static String of(UserId user) {
        return user.equals(UserId.NOBODY) ? "the server" : "u" + user.value().getLeastSignificantBits();
    }

    static String of(RoomId room) {
        return "room " + room.value().getLeastSignificantBits();
    }

    static String of(CommandKey key) {
        return of(key.senderId()) + "'s " + key.commandId().value().getLeastSignificantBits();
    }

    /** What names one attempt to send a command among all. */
    static String content(Command command) {
        return switch (command) {
            case Command.Post post -> post.body().content();
            case Command.Announce announce -> announce.content();
            case Command.Edit edit -> edit.content();
            case Command.Delete delete -> "deletion " + delete.traceId().value();
        };
    }

    static String of(Command command) {
        String what = switch (command) {
            case Command.Post post -> "'" + post.body().content() + "'";
            case Command.Announce announce -> "'" + announce.content() + "'";
            case Command.Edit edit -> "edit '" + edit.content() + "'";
            case Command.Delete delete -> "deletion";
        };
        return what + " by " + of(command.senderId()) + " in " + of(command.roomId());
    }

    static String of(ChatEvent event) {
        return switch (event) {
            case ChatEvent.MessagePosted posted ->
                of(posted.roomId()) + " " + posted.seq() + ": '"
                        + posted.message().content() + "'";
            case ChatEvent.MessageEdited edited ->
                of(edited.roomId()) + " " + edited.seq() + ": edit to '"
                        + edited.message().content() + "'";
            case ChatEvent.MessageDeleted deleted ->
                of(deleted.roomId()) + " " + deleted.seq() + ": deletion of place "
                        + deleted.message().seq();
            case ChatEvent.CommandRejected rejected ->
                of(rejected.roomId()) + ": a command of " + of(rejected.senderId()) + " is refused: "
                        + rejected.reason().code();
            case ChatEvent.RoomChanged changed ->
                of(changed.roomId()) + ": "
                        + changed.change().getClass().getSimpleName()
                        + (changed.change() instanceof dev.confab.chat.model.RoomChange.OfMember member
                                ? " of " + of(member.userId())
                                : "")
                        + " by " + of(changed.change().by()) + ", version "
                        + changed.change().memberVersion();
            default -> of(event.roomId()) + ": " + event.getClass().getSimpleName();
        };
    }

    static String of(Signal signal) {
        return switch (signal) {
            case Signal.MembershipChanged changed ->
                "signal: members of " + of(changed.roomId()) + " changed, version " + changed.memberVersion();
            default -> "signal: " + signal.getClass().getSimpleName();
        };
    }
}
