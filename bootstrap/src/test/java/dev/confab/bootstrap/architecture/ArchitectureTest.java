package dev.confab.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule holds in the product, speaks of something there, and is broken by its fixtures. */
class ArchitectureTest {

    private static final String PRODUCT = "dev.confab";
    private static final String FIXTURE = "dev.confab.bootstrap.architecture.fixture";

    private static final JavaClasses PRODUCT_CLASSES = new ClassFileImporter().importPaths(Modules.productClasses());
    private static final JavaClasses FIXTURE_CLASSES = new ClassFileImporter().importPath(Modules.fixtureClasses());

    @ParameterizedTest
    @MethodSource("productRules")
    void theProductKeeps(HouseRule rule) {
        rule.rule().check(PRODUCT_CLASSES);
    }

    @ParameterizedTest
    @MethodSource("fixtureRules")
    void theFixturesBreak(HouseRule rule) {
        List<String> broken =
                rule.rule().evaluate(FIXTURE_CLASSES).getFailureReport().getDetails();

        assertThat(rule.breakers())
                .isNotEmpty()
                .allSatisfy(
                        breaker -> assertThat(broken).anyMatch(line -> line.matches("(?s).*\\b" + breaker + "\\b.*")));
    }

    static Stream<HouseRule> productRules() {
        return rules(PRODUCT);
    }

    static Stream<HouseRule> fixtureRules() {
        return rules(FIXTURE);
    }

    private static Stream<HouseRule> rules(String root) {
        return Stream.of(HexagonRules.under(root), ConfinementRules.under(root), StyleRules.under(root))
                .flatMap(List::stream);
    }
}
