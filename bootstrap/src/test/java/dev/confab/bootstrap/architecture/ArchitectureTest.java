package dev.confab.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.confab.bootstrap.architecture.ConfinementRules.Confinement;
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
    @MethodSource("productRules")
    void theProductHasClassesFor(HouseRule rule) {
        assertThat(PRODUCT_CLASSES.that(rule.subjects()).stream()
                        .filter(ArchitectureTest::isNoPackageInfo)
                        .map(JavaClass::getName))
                .isNotEmpty();
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

    /** A library whose packages are misspelt here would be confined without meaning anything. */
    @ParameterizedTest
    @MethodSource("libraries")
    void theHomeUses(Confinement confinement) {
        String home = PRODUCT + "." + confinement.homes().getFirst() + "..";

        assertThat(PRODUCT_CLASSES.that(ConfinementRules.anyOf(List.of(home))).stream()
                        .flatMap(each -> each.getDirectDependenciesFromSelf().stream())
                        .map(Dependency::getTargetClass))
                .anyMatch(ConfinementRules.anyOf(confinement.library()));
    }

    static Stream<HouseRule> productRules() {
        return rules(PRODUCT);
    }

    static Stream<HouseRule> fixtureRules() {
        return rules(FIXTURE);
    }

    static Stream<Confinement> libraries() {
        return ConfinementRules.libraries().stream();
    }

    private static Stream<HouseRule> rules(String root) {
        return Stream.of(HexagonRules.under(root), ConfinementRules.under(root), StyleRules.under(root))
                .flatMap(List::stream);
    }

    private static boolean isNoPackageInfo(JavaClass each) {
        return !each.getSimpleName().equals("package-info");
    }
}
