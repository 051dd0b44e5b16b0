package dev.confab.chat.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchQueryTest {

    private static SearchQuery query(String text) {
        return SearchQuery.parse(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "lunch, Is it LUNCH already?",
        "lunch noon, 'At noon: lunch.'",
        "noon lunch, 'At noon: lunch.'",
        "straße, STRASSE",
        "STRASSE, Straße",
        "οδοσ, ΟΔΟΣ",
        "οδος, οδοσ",
        "ｆｕｌｌ, full width",
        "café, café",
        "don't, I don't know",
        "2026, am 24.2.2026",
        "안녕, 안녕하세요 여러분",
        "녕하세, 안녕하세요",
        "안녕하세요, 안녕하세요!",
        "점심 회의, 회의 전에 점심 먹자",
        "네, 네.",
        "東京, 東京都に住んでいます",
        "京都, 東京都に住んでいます",
        "食べ, 寿司を食べました",
        "コーヒー, アイスコーヒーをください",
        "ｺｰﾋｰ, コーヒー",
        "북경, 북경",
        "你好, 大家你好吗",
        "3월, 3월에 만나",
        "iPhone, 새 iPhone을 샀다",
        "iPhone을, 새 iPhone을 샀다",
        "สวัสดี, สวัสดีครับ",
        "नमस्ते, नमस्ते दुनिया",
        "co\u00ADoperate, cooperate",
        "𠮷野, 𠮷野家で"
    })
    void isFoundIn(String sought, String text) {
        assertThat(query(sought).matches(text)).isTrue();
        assertThat(SearchWords.of(text)).containsAll(query(sought).words());
    }

    @ParameterizedTest
    @CsvSource({
        "lun, lunch",
        "unch, lunch",
        "lunch dinner, lunch only",
        "cafe, café",
        "가나다, 가나 나다",
        "네, 네가 왔다",
        "월, 3월",
        "3월, 13월에",
        "phone, 새 iPhone을 샀다",
        "東都, 東京都"
    })
    void isNotFoundIn(String sought, String text) {
        assertThat(query(sought).matches(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "?!", "\u200B", "🙂", "\u00AD"})
    void withoutALetterOrDigitThereIsNothingToLookFor(String text) {
        assertThat(SearchQuery.parse(text)).isEmpty();
    }

    @Test
    void oneCharacterOfAScriptWithSpacesIsAWord() {
        assertThat(query("a").matches("plan a")).isTrue();
        assertThat(query("a").matches("plana")).isFalse();
    }

    @Test
    void wordsAreCutOnceAndNoMore() {
        assertThat(SearchWords.of("Go, go 3월에 GO!")).containsExactlyInAnyOrder("go", "3", "3월", "월에");
        assertThat(SearchWords.of("안녕하세요")).containsExactly("안녕", "녕하", "하세", "세요");
    }

    /** The index finds what a text's words say; whatever matches must be among it. */
    @Test
    void whateverMatchesHasTheWordsThatAreLookedUp() {
        String alphabet = "ab1 .월가ー京\u0301\u309A";
        Random random = new Random(1);
        int matches = 0;
        for (int i = 0; i < 50_000; i++) {
            String text = text(random, alphabet, 12);
            var query = SearchQuery.parse(text(random, alphabet, 4));
            if (query.isPresent() && query.get().matches(text)) {
                matches++;
                assertThat(SearchWords.of(text)).containsAll(query.get().words());
            }
        }
        assertThat(matches).isGreaterThan(1_000);
    }

    private static String text(Random random, String alphabet, int most) {
        StringBuilder text = new StringBuilder();
        int length = 1 + random.nextInt(most);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
