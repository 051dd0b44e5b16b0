package dev.confab.bootstrap.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.all;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.AbstractClassesTransformer;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ClassesTransformer;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;

/** How things are named, and that every package says what it is for. */
final class StyleRules {

    /** A name that ends like this says nothing about what the class does. */
    private static final String EMPTY_NAMES = "Utils?|Helper|Manager|Impl";

    private StyleRules() {}

    static List<HouseRule> under(String root) {
        return List.of(
                new HouseRule(
                        "names say what a class does",
                        noClasses().should().haveNameMatching(".*(" + EMPTY_NAMES + ")(\\$.*)?"),
                        resideInAPackage(root + ".."),
                        List.of("RoomUtil", "RoomUtils", "RoomHelper", "RoomManager", "RoomImpl")),
                new HouseRule(
                        "no abstract bases to inherit from",
                        noClasses().should().haveNameMatching(".*\\.Abstract\\w*Base(\\$.*)?"),
                        resideInAPackage(root + ".."),
                        List.of("AbstractRoomBase")),
                new HouseRule(
                        "every package says what it is for and is @NullMarked",
                        all(packages()).should(beNullMarked()),
                        resideInAPackage(root + ".."),
                        List.of("unmarked")));
    }

    private static ClassesTransformer<JavaPackage> packages() {
        return new AbstractClassesTransformer<>("packages") {
            @Override
            public Iterable<JavaPackage> doTransform(JavaClasses classes) {
                Map<String, JavaPackage> found = new LinkedHashMap<>();
                for (JavaClass each : classes) {
                    found.put(each.getPackageName(), each.getPackage());
                }
                return found.values();
            }
        };
    }

    private static ArchCondition<JavaPackage> beNullMarked() {
        return new ArchCondition<>("have a package-info with @NullMarked") {
            @Override
            public void check(JavaPackage each, ConditionEvents events) {
                if (!each.isAnnotatedWith(NullMarked.class)) {
                    events.add(
                            SimpleConditionEvent.violated(each, each.getName() + " has no @NullMarked package-info"));
                }
            }
        };
    }
}
