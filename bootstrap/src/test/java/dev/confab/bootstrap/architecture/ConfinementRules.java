package dev.confab.bootstrap.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;

/** What may be used in one place only: libraries, the environment, the exit code, the clock, threads. */
final class ConfinementRules {

    /**
     * A library and its homes.
     *
     * @param library packages of the library
     * @param homes where it may be used; the first one does use it
     */
    record Confinement(List<String> library, List<String> homes, String breaker) {}

    private static final List<Confinement> LIBRARIES = List.of(
            new Confinement(List.of("io.netty.."), List.of("netty"), "UsesNetty"),
            new Confinement(List.of("com.auth0.jwt.."), List.of("netty"), "UsesJwt"),
            new Confinement(List.of("org.bouncycastle.."), List.of("netty"), "UsesBouncyCastle"),
            new Confinement(List.of("org.apache.kafka.."), List.of("kafka"), "UsesKafka"),
            new Confinement(List.of("org.jdbi.."), List.of("jdbi"), "UsesJdbi"),
            // local-stack asks the server it started whether it answers, and makes the database in it.
            new Confinement(
                    List.of("java.sql..", "javax.sql..", "org.postgresql.."),
                    List.of("jdbi", "localstack"),
                    "UsesJdbc"),
            new Confinement(List.of("com.zaxxer.hikari.."), List.of("jdbi"), "UsesHikari"),
            new Confinement(List.of("org.flywaydb.."), List.of("jdbi"), "UsesFlyway"),
            new Confinement(List.of("redis.clients.."), List.of("redis"), "UsesJedis"),
            new Confinement(List.of("picocli.."), List.of("bootstrap"), "UsesPicocli"));

    private final String root;

    private ConfinementRules(String root) {
        this.root = root;
    }

    static List<HouseRule> under(String root) {
        ConfinementRules rules = new ConfinementRules(root);
        List<HouseRule> all = new ArrayList<>();
        LIBRARIES.forEach(library -> all.add(rules.confined(library)));
        all.add(rules.processIsBootstraps());
        all.add(rules.clockIsPassedIn());
        all.add(rules.domainStartsNoThreads());
        return all;
    }

    static List<Confinement> libraries() {
        return LIBRARIES;
    }

    private HouseRule confined(Confinement confinement) {
        String[] homes = confinement.homes().stream().map(this::in).toArray(String[]::new);
        String[] library = confinement.library().toArray(String[]::new);
        return new HouseRule(
                String.join(", ", library) + " is used in " + String.join(", ", confinement.homes()) + " alone",
                noClasses()
                        .that()
                        .resideOutsideOfPackages(homes)
                        .should()
                        .dependOnClassesThat(resideInAnyPackage(library)),
                resideInAPackage(root + "..").and(resideOutsideOfPackages(homes)),
                List.of(confinement.breaker()));
    }

    private HouseRule processIsBootstraps() {
        DescribedPredicate<JavaAccess<?>> process = DescribedPredicate.describe(
                "the environment or the exit of the process",
                access ->
                        calls(access, System.class, "getenv", "exit") || calls(access, Runtime.class, "exit", "halt"));
        return new HouseRule(
                "the environment and the exit code belong to bootstrap",
                noClasses()
                        .that()
                        .resideOutsideOfPackage(in("bootstrap"))
                        .should()
                        .accessTargetWhere(process),
                resideInAPackage(root + "..").and(resideOutsideOfPackages(in("bootstrap"))),
                List.of("ReadsTheEnvironment", "EndsTheProcess"));
    }

    /** Time that is passed in can be ruled by a test; System.nanoTime is no time of day and stays free. */
    private HouseRule clockIsPassedIn() {
        DescribedPredicate<JavaAccess<?>> wallClock = DescribedPredicate.describe(
                "the system clock",
                access -> calls(access, Clock.class, "systemUTC", "systemDefaultZone", "system")
                        || calls(access, System.class, "currentTimeMillis")
                        || isNowWithoutClock(access));
        return new HouseRule(
                "time comes from a clock that was passed in, and bootstrap passes it",
                noClasses()
                        .that()
                        .resideOutsideOfPackage(in("bootstrap"))
                        .should()
                        .accessTargetWhere(wallClock),
                resideInAPackage(root + "..").and(resideOutsideOfPackages(in("bootstrap"))),
                List.of("MakesAClock", "AsksForNow", "RefersToNow", "ReadsMillis"));
    }

    private HouseRule domainStartsNoThreads() {
        String[] pure = {in("chat.model"), in("chat.timeline"), in("chat.port"), in("chat.usecase")};
        DescribedPredicate<JavaAccess<?>> threads = DescribedPredicate.describe(
                "threads",
                access -> access.getTargetOwner().isEquivalentTo(Executors.class)
                        || calls(
                                access,
                                Thread.class,
                                "<init>",
                                "ofVirtual",
                                "ofPlatform",
                                "startVirtualThread",
                                "sleep"));
        return new HouseRule(
                "the domain starts no threads and never sleeps",
                noClasses().that().resideInAnyPackage(pure).should().accessTargetWhere(threads),
                resideInAnyPackage(pure),
                List.of("StartsAThread"));
    }

    private static boolean isNowWithoutClock(JavaAccess<?> access) {
        return access.getTargetOwner().getPackageName().equals("java.time")
                && access.getName().equals("now")
                && access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget target
                && target.getRawParameterTypes().isEmpty();
    }

    private static boolean calls(JavaAccess<?> access, Class<?> type, String... names) {
        return access.getTargetOwner().isEquivalentTo(type) && List.of(names).contains(access.getName());
    }

    private String in(String name) {
        return root + "." + name + "..";
    }

    static DescribedPredicate<JavaClass> anyOf(List<String> packages) {
        return resideInAnyPackage(packages.toArray(String[]::new));
    }
}
