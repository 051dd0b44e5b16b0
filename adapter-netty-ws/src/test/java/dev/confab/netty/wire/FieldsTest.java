package dev.confab.netty.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.confab.chat.model.MessageType;
import dev.confab.chat.model.Refusal;
import dev.confab.chat.model.UserId;
import dev.confab.chat.model.Violation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FieldsTest {

    private static final String ID = "7f1f8f2e-7a55-4b0c-9a3c-0d2f5f7e8a11";

    private static Fields fields(String json) {
        try {
            return new Fields((ObjectNode) new JsonMapper().readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static List<String> broken(Fields fields) {
        return fields.refusal().map(Refusal::violations).orElse(List.of()).stream()
                .map(violation -> violation.field() + " " + violation.rule())
                .toList();
    }

    @Test
    void whatIsThereIsRead() {
        Fields fields = fields("""
                {"a":"x","b":"$id","c":"TEXT","d":7,"e":true,"f":["$id"],
                "g":{"h":[1,2.5,"x",null,true,{"i":18446744073709551616}]}}
                """.replace("$id", ID));

        assertThat(fields.requiredText("a")).contains("x");
        assertThat(fields.requiredId("b", UserId::parse)).map(UserId::toString).contains(ID);
        assertThat(fields.requiredWord("c", MessageType.class)).contains(MessageType.TEXT);
        assertThat(fields.integer("d")).hasValue(7);
        assertThat(fields.requiredFlag("e")).contains(true);
        assertThat(fields.requiredIds("f", 1, UserId::parse).orElseThrow()).hasSize(1);
        Map<String, ?> free = fields.metadata("g");
        assertThat(String.valueOf(free)).isEqualTo("{h=[1, 2.5, x, null, true, {i=18446744073709551616}]}");
        assertThat(fields.refusal()).isEmpty();
    }

    @Test
    void whatIsMissingOrNullIsMissing() {
        for (String json : List.of("{}", "{\"a\":null}")) {
            Fields fields = fields(json);
            assertThat(fields.text("a")).isNull();
            assertThat(fields.id("a", UserId::parse)).isNull();
            assertThat(fields.word("a", MessageType.class)).isNull();
            assertThat(fields.integer("a")).isEmpty();
            assertThat(fields.ids("a", 1, UserId::parse)).isNull();
            assertThat(fields.metadata("a")).isNull();
            assertThat(fields.refusal()).isEmpty();

            assertThat(fields.requiredText("a")).isEmpty();
            assertThat(fields.requiredId("a", UserId::parse)).isEmpty();
            assertThat(fields.requiredWord("a", MessageType.class)).isEmpty();
            assertThat(fields.requiredFlag("a")).isEmpty();
            assertThat(fields.requiredIds("a", 1, UserId::parse)).isEmpty();
            assertThat(fields.requiredObjects("a", 1, inner -> Optional.of(1))).isEmpty();
            assertThat(broken(fields)).hasSize(6).containsOnly("a required");
        }
    }

    @Test
    void aWrongTypeIsToldOnce() {
        Fields fields = fields("{\"a\":7,\"b\":\"x\"}");
        assertThat(fields.requiredText("a")).isEmpty();
        assertThat(fields.requiredFlag("a")).isEmpty();
        assertThat(fields.requiredIds("a", 9, UserId::parse)).isEmpty();
        assertThat(fields.metadata("a")).isNull();
        assertThat(fields.integer("b")).isEmpty();

        assertThat(broken(fields)).containsExactly("a type", "a type", "a type", "a type", "b type");
    }

    @Test
    void whatHasAnotherFormIsNamed() {
        Fields fields = fields("""
                {"id":"x","word":"text","number":9223372036854775808,"ids":["$id","x"],"many":[1,2,3],"mixed":[7]}
                """.replace("$id", ID));
        fields.id("id", UserId::parse);
        fields.word("word", MessageType.class);
        fields.integer("number");
        fields.ids("ids", 9, UserId::parse);
        fields.ids("many", 2, UserId::parse);
        fields.ids("mixed", 2, UserId::parse);

        assertThat(broken(fields))
                .containsExactly(
                        "id format", "word one-of", "number range", "ids[1] format", "many too-many", "mixed[0] type");
    }

    @Test
    void rulesOfInnerObjectsAreNamedWithTheirPlace() {
        Fields fields = fields("{\"a\":[{\"b\":\"x\"},{\"b\":7}],\"c\":[7]}");
        fields.requiredObjects("a", 9, inner -> inner.requiredText("b"));
        fields.requiredObjects("c", 9, inner -> inner.requiredText("b"));

        assertThat(broken(fields)).containsExactly("a[1].b type", "c[0] type");
    }

    @Test
    void whatTheCallerFindsCountsToo() {
        Fields fields = fields("{}");
        fields.broken("a", "rule", "message");
        fields.broken(new Violation("b", "rule", "message"));

        assertThat(broken(fields)).containsExactlyElementsOf(Arrays.asList("a rule", "b rule"));
    }
}
