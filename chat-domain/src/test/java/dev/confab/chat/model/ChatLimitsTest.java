package dev.confab.chat.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

final class ChatLimitsTest {

    /** Any code point but NUL and surrogates. */
    @Provide
    Arbitrary<Integer> codePoints() {
        return Arbitraries.oneOf(
                Arbitraries.integers().between(1, 0xD7FF),
                Arbitraries.integers().between(0xE000, 0xFFFF),
                Arbitraries.integers().between(0x1_0000, 0x10_FFFF));
    }

    /** Any sequence of chars, whether it makes sense or not. */
    @Provide
    Arbitrary<String> chars() {
        return Arbitraries.frequencyOf(
                        Tuple.of(3, Arbitraries.chars().range('a', 'e')),
                        Tuple.of(3, Arbitraries.chars().range('\uD800', '\uDFFF')),
                        Tuple.of(1, Arbitraries.chars().range('\0', '\1')))
                .list()
                .ofMaxSize(8)
                .map(list -> list.stream().map(String::valueOf).reduce("", String::concat));
    }

    private static String join(List<Integer> codePoints) {
        StringBuilder text = new StringBuilder();
        codePoints.forEach(text::appendCodePoint);
        return text.toString();
    }

    private static Optional<String> rule(Optional<Violation> violation) {
        return violation.map(Violation::rule);
    }

    @Property
    void whatUtf8KeepsIsAcceptedAndNothingElse(@ForAll("chars") String text) {
        boolean kept = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).equals(text);
        boolean nul = text.indexOf(0) >= 0;

        assertThat(ChatLimits.characters("field", text).isEmpty()).isEqualTo(kept && !nul);
    }

    @Property
    void lengthsCountCodePoints(
            @ForAll("codePoints") int codePoint,
            @ForAll @IntRange(min = 1, max = 50) int length,
            @ForAll @IntRange(max = 50) int max) {
        String text = Character.toString(codePoint).repeat(length - 1) + "x";

        assertThat(ChatLimits.text("field", text, 1, max).isEmpty()).isEqualTo(length <= max);
        if (length > max) {
            assertThat(rule(ChatLimits.text("field", text, 1, max))).contains("too-long");
        }
    }

    @Property
    void everyTextWithinItsBoundsThatIsNotBlankIsAccepted(
            @ForAll @Size(max = 39) List<@From("codePoints") Integer> codePoints) {
        assertThat(ChatLimits.text("nickname", join(codePoints) + "k", 1, ChatLimits.MAX_NICKNAME))
                .isEmpty();
    }

    @Example
    void whiteSpaceAloneIsEmpty() {
        for (String white :
                List.of("", " ", "\t\n\r", "\u3000\u3000", "\u00a0", "\u2007\u202f", "\u0085", "\u2028\u2029")) {
            assertThat(rule(ChatLimits.text("field", white, 1, 10))).contains("empty");
            assertThat(ChatLimits.text("field", white, 0, 10)).isEmpty();
        }
        assertThat(ChatLimits.text("field", " x ", 1, 10)).isEmpty();
    }

    @Example
    void theViolationNamesTheFieldAndTheRule() {
        assertThat(ChatLimits.text("name", null, 1, 10)).map(Violation::field).contains("name");
        assertThat(rule(ChatLimits.text("name", null, 1, 10))).contains("required");
        assertThat(rule(ChatLimits.text("name", "short", 8, 10))).contains("too-short");
        assertThat(rule(ChatLimits.text("name", "a\0b", 1, 10))).contains("nul");
        assertThat(rule(ChatLimits.text("name", "a\ud83d", 1, 10))).contains("lone-surrogate");
        assertThat(rule(ChatLimits.text("name", "\ude42a", 1, 10))).contains("lone-surrogate");
        assertThat(ChatLimits.text("name", "🙂".repeat(10), 10, 10)).isEmpty();
    }

    @Example
    void aMessageHasContentOfAtMostFourThousandCodePoints() {
        assertThat(ChatLimits.check(new MessageBody(MessageType.TEXT, "🙂".repeat(4_000))))
                .isEmpty();
        assertThat(ChatLimits.check(new MessageBody(MessageType.IMAGE, "https://example.org/cat.png")))
                .isEmpty();
        assertThat(ChatLimits.check(new MessageBody(MessageType.TEXT, "🙂".repeat(4_001))))
                .extracting(Violation::field, Violation::rule)
                .containsExactly(tuple("content", "too-long"));
        assertThat(ChatLimits.check(new MessageBody(MessageType.TEXT, " \n ")))
                .extracting(Violation::rule)
                .containsExactly("empty");
    }

    @Example
    void clientsWriteNoSystemMessagesAndHearOfAllThatIsWrong() {
        assertThat(ChatLimits.check(new MessageBody(MessageType.SYSTEM, "")))
                .extracting(Violation::field)
                .containsExactly("type", "content");
    }
}
