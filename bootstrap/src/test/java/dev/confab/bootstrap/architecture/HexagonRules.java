package dev.confab.bootstrap.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;

/** Who may know whom: dependencies point inwards, and adapters know nothing of each other. */
final class HexagonRules {

    static final List<String> ADAPTERS = List.of("netty", "kafka", "jdbi", "redis");

    private static final List<String> JDK_AND_JSPECIFY = List.of("java..", "javax.crypto..", "org.jspecify..");

    private final String root;

    private HexagonRules(String root) {
        this.root = root;
    }

    static List<HouseRule> under(String root) {
        HexagonRules rules = new HexagonRules(root);
        List<HouseRule> all = new ArrayList<>();
        all.add(rules.knowsOnly("chat", List.of("chat"), "KnowsALoggingLibrary", "KnowsAnAdapter"));
        all.add(rules.knowsOnly("chat.model", List.of("chat.model"), "KnowsAPort"));
        all.add(rules.knowsOnly("chat.timeline", List.of("chat.timeline", "chat.model"), "KnowsTheLogItDecidesFor"));
        all.add(rules.knowsOnly(
                "chat.permission", List.of("chat.permission", "chat.model"), "KnowsTheStoreItDecidesFor"));
        all.add(rules.knowsOnly("chat.port.in", List.of("chat.port.in", "chat.model"), "KnowsTheOtherSide"));
        all.add(rules.knowsOnly("chat.port.out", List.of("chat.port.out", "chat.model"), "KnowsAUseCase"));
        all.add(rules.knowsNot("chat.usecase", List.of("chat.inmemory"), "KnowsAnInMemoryAdapter"));
        all.add(rules.knowsNot("chat.inmemory", List.of("chat.usecase"), "KnowsTheUseCaseItServes"));
        for (String adapter : ADAPTERS) {
            List<String> strangers = new ArrayList<>(ADAPTERS);
            strangers.remove(adapter);
            strangers.addAll(List.of("chat.usecase", "chat.inmemory", "localstack", "bootstrap"));
            all.add(rules.knowsNot(adapter, strangers, "KnowsStrangersOf" + capitalized(adapter)));
        }
        all.add(rules.knowsNot("localstack", List.of("chat", "bootstrap"), "KnowsChat"));
        all.add(rules.servicesAreReachedThroughTheirPorts());
        all.add(rules.portsNameTheirIds());
        all.add(rules.packagesAreFreeOfCycles());
        return all;
    }

    private HouseRule knowsOnly(String subject, List<String> known, String... breakers) {
        List<String> allowed = new ArrayList<>(JDK_AND_JSPECIFY);
        known.forEach(name -> allowed.add(in(name)));
        return new HouseRule(
                subject + " knows the JDK, JSpecify and " + String.join(", ", known) + " alone",
                classes()
                        .that()
                        .resideInAPackage(in(subject))
                        .should()
                        .onlyDependOnClassesThat(resideInAnyPackage(allowed.toArray(String[]::new))),
                resideInAPackage(in(subject)),
                List.of(breakers));
    }

    private HouseRule knowsNot(String subject, List<String> strangers, String... breakers) {
        String[] forbidden = strangers.stream().map(this::in).toArray(String[]::new);
        return new HouseRule(
                subject + " does not know " + String.join(", ", strangers),
                noClasses()
                        .that()
                        .resideInAPackage(in(subject))
                        .should()
                        .dependOnClassesThat(resideInAnyPackage(forbidden)),
                resideInAPackage(in(subject)),
                List.of(breakers));
    }

    private HouseRule servicesAreReachedThroughTheirPorts() {
        return new HouseRule(
                "services are reached through their ports",
                classes()
                        .that()
                        .resideInAPackage(in("chat.usecase"))
                        .and()
                        .haveSimpleNameEndingWith("Service")
                        .should()
                        .notBePublic(),
                resideInAPackage(in("chat.usecase")).and(JavaClass.Predicates.simpleNameEndingWith("Service")),
                List.of("PostService"));
    }

    /** An id is a type of the model; a String or a UUID could be anybody's. */
    private HouseRule portsNameTheirIds() {
        return new HouseRule(
                "ports take ids as types of the model",
                methods()
                        .that()
                        .areDeclaredInClassesThat()
                        .resideInAPackage(in("chat.port"))
                        .should(haveNoBareId()),
                resideInAPackage(in("chat.port")),
                List.of("TakesABareId"));
    }

    private static ArchCondition<JavaMethod> haveNoBareId() {
        return new ArchCondition<>("have no id that is a String, a number or a UUID") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                for (Parameter parameter : method.reflect().getParameters()) {
                    String name = parameter.getName();
                    boolean isId = name.equals("id") || name.endsWith("Id");
                    Class<?> type = parameter.getType();
                    if (isId && (type.isPrimitive() || type.getName().startsWith("java."))) {
                        events.add(SimpleConditionEvent.violated(
                                method, method.getFullName() + " takes " + name + " as " + type.getName()));
                    }
                }
            }
        };
    }

    private HouseRule packagesAreFreeOfCycles() {
        return new HouseRule(
                "packages are free of cycles",
                slices().matching(root + ".(**)").should().beFreeOfCycles(),
                resideInAPackage(root + "..")
                        .and(JavaClass.Predicates.simpleNameStartingWith("package-info")
                                .negate()),
                List.of("Hen", "Egg"));
    }

    private String in(String name) {
        return root + "." + name + "..";
    }

    private static String capitalized(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
