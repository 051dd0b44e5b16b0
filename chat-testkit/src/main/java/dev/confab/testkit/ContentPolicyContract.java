package dev.confab.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.chat.model.MessageBody;
import dev.confab.chat.model.MessageType;
import dev.confab.chat.model.Violation;
import dev.confab.chat.port.out.ContentPolicy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link ContentPolicy} does that refuses words. An adapter's test says how to ban some. */
public interface ContentPolicyContract {

    /** A policy that refuses these words and nothing else. */
    ContentPolicy banning(List<String> words);

    private static void refuses(ContentPolicy policy, String content) {
        assertThat(policy.check(new MessageBody(MessageType.TEXT, content)))
                .as(content)
                .map(violation -> violation.field() + ":" + violation.rule())
                .contains("content:banned-word");
    }

    private static void allows(ContentPolicy policy, String content) {
        assertThat(policy.check(new MessageBody(MessageType.TEXT, content)))
                .as(content)
                .isEmpty();
    }

    @Test
    default void aBannedWordIsRefusedWhereverItStands() {
        ContentPolicy policy = banning(List.of("darn", "heck"));

        for (String content : List.of("darn", "oh darn!", "Darn it", "what the heck", "(heck)", "x, DARN-it")) {
            refuses(policy, content);
        }
        allows(policy, "good morning");
    }

    @Test
    default void aWordWithinALongerWordIsAnotherWord() {
        ContentPolicy policy = banning(List.of("ass", "дом"));

        for (String content : List.of("class", "assess", "passé", "ass2", "содом", "домой")) {
            allows(policy, content);
        }
        refuses(policy, "an ass.");
        refuses(policy, "дом, ДОМ");
    }

    @Test
    default void scriptsThatJoinWordsAreSearchedThroughout() {
        ContentPolicy policy = banning(List.of("바보", "馬鹿", "ばか"));

        for (String content : List.of("너바보야", "바보", "这个馬鹿了", "おばかさん")) {
            refuses(policy, content);
        }
        allows(policy, "바다");
    }

    @Test
    default void aBannedWordBesideAnotherScriptIsRefused() {
        refuses(banning(List.of("darn")), "이런darn이런");
    }

    @Test
    default void disguisesDoNotHelp() {
        ContentPolicy policy = banning(List.of("darn", "바보"));

        // Full width; a zero-width space and a soft hyphen in between; Hangul in its parts.
        for (String content : List.of("ｄａｒｎ", "da\u200brn", "da\u00adrn", "\u1107\u1161\u1107\u1169")) {
            refuses(policy, content);
        }
    }

    @Test
    default void aPhraseIsRefusedAsAWhole() {
        ContentPolicy policy = banning(List.of("free money"));

        refuses(policy, "get FREE money now");
        allows(policy, "free, money");
        allows(policy, "freemoney");
    }

    @Test
    default void ofWordsThatBeginAlikeEachIsRefused() {
        ContentPolicy policy = banning(List.of("dar", "darning", "darn"));

        refuses(policy, "dar");
        refuses(policy, "darn");
        refuses(policy, "darning");
        allows(policy, "darni");
    }

    @Test
    default void imagesAreSubjectToTheSameRules() {
        Violation violation = banning(List.of("darn"))
                .check(new MessageBody(MessageType.IMAGE, "{\"url\":\"https://example.org/1.png\",\"alt\":\"darn\"}"))
                .orElseThrow();

        assertThat(violation.message()).doesNotContain("darn");
    }

    @Test
    default void withoutWordsEverythingMayBeSaid() {
        allows(banning(List.of()), "darn");
        allows(banning(List.of(" ", "")), "darn ");
    }

    @Test
    default void aLongTextIsCheckedToItsEnd() {
        ContentPolicy policy = banning(List.of("ab".repeat(50) + "c", "darn"));

        allows(policy, "ab".repeat(2_000));
        refuses(policy, "x ".repeat(1_998) + "darn");
    }
}
