package dev.neap;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** What each room may know: deciding is apart from doing, and the arrows between the rooms point one way. */
@AnalyzeClasses(packages = "dev.neap", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String ROOT = "dev.neap.";

    /** Each room and the rooms that it may use. A new room or arrow is a decision: it is made here. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            // Words that all share.
            Map.entry("sql", Set.of()),
            Map.entry("jdbc", Set.of()),
            Map.entry("window", Set.of()),
            // What users' own classes compile against: it knows nothing of the rest.
            Map.entry("transform", Set.of()),
            // What is there, what is wanted, and what is to be done: no database is asked beyond the catalog.
            Map.entry("catalog", Set.of("sql")),
            Map.entry("step", Set.of("sql", "catalog")),
            Map.entry("change", Set.of("sql", "catalog", "step", "window")),
            Map.entry("plan", Set.of("sql", "catalog", "step", "change")),
            // What a transaction really did, compared with what was to be done.
            Map.entry("trace", Set.of("sql", "step")),
            // Doing it, each in its own way.
            Map.entry("pace", Set.of("jdbc", "change", "window")),
            Map.entry("ddl", Set.of("sql", "jdbc", "catalog", "step", "trace", "pace")),
            Map.entry("session", Set.of("sql", "jdbc", "change")),
            Map.entry("backfill", Set.of("sql", "jdbc", "catalog", "step", "change", "session")),
            Map.entry("rows", Set.of("sql", "jdbc", "step", "change", "pace", "backfill", "transform")),
            Map.entry("preflight", Set.of(
                    "sql", "catalog", "step", "change", "plan", "ddl", "session", "window", "judgement")),
            Map.entry("run", Set.of("sql", "jdbc", "catalog", "step", "change", "plan", "pace", "window")),
            // Those who look on.
            Map.entry("metrics", Set.of("step", "change", "pace", "run")),
            Map.entry("hook", Set.of("step", "change", "pace", "run")),
            Map.entry("batch", Set.of(
                    "sql", "jdbc", "catalog", "step", "change", "plan", "pace", "ddl", "backfill", "rows", "run",
                    "metrics")),
            // What is dangerous, before anything runs: the words, and what PostgreSQL says of them on a copy.
            Map.entry("shadow", Set.of("sql", "step", "trace")),
            Map.entry("lint", Set.of("sql", "step", "trace", "change", "shadow")),
            Map.entry("judgement", Set.of("sql", "catalog", "step", "trace", "change", "plan", "shadow", "lint")),
            // Towards people.
            Map.entry("control", Set.of("jdbc", "step", "change", "pace", "run", "window")),
            Map.entry("cli", Set.of("lint", "step", "change", "plan", "run", "control", "window")),
            Map.entry("demo", Set.of("step", "change", "run")));

    @ArchTest
    static final ArchRule roomsHaveNoCycles = slices().matching(ROOT + "(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule everyRoomUsesOnlyTheRoomsItsArrowsPointTo = classes()
            .that(resideOutsideOfPackage(ROOT + "app.."))
            .should(useOnlyTheirArrows())
            .because("the listing of the rooms is the architecture; ARROWS says which may use which");

    @ArchTest
    static final ArchRule onlyTheAppKnowsTheApp = noClasses()
            .that(resideOutsideOfPackage(ROOT + "app.."))
            .should()
            .dependOnClassesThat(resideInAPackage(ROOT + "app.."))
            .because("it is where everything is wired together, and nothing builds on the wiring");

    @ArchTest
    static final ArchRule decidingKnowsNeitherSpringNorTheDatabase = noClasses()
            .that(resideInAnyPackage(ROOT + "sql..", ROOT + "step..", ROOT + "change..", ROOT + "plan..",
                    ROOT + "window..", ROOT + "lint.."))
            .should()
            .dependOnClassesThat(reachTheDatabase())
            .because("a plan is made of what was read before, so that it can be tested without a server");

    @ArchTest
    static final ArchRule whatTheCatalogTellsIsPlainData = noClasses()
            .that(resideInAPackage(ROOT + "catalog.."))
            .and()
            .areRecords()
            .should()
            .dependOnClassesThat(knowADatabase())
            .because("readers and probers ask the database, and the records they return are kept with a run");

    @ArchTest
    static final ArchRule onlyBatchAndAppKnowSpringBatch = noClasses()
            .that(resideOutsideOf("batch", "app"))
            .should()
            .dependOnClassesThat(resideInAPackage("org.springframework.batch.."))
            .because("the life of a job is Spring Batch's, the work that is done in it is not");

    @ArchTest
    static final ArchRule onlyAppKnowsSpringBoot = noClasses()
            .that(resideOutsideOf("app"))
            .should()
            .dependOnClassesThat(resideInAPackage("org.springframework.boot.."))
            .because("settings and wiring are the app's");

    @ArchTest
    static final ArchRule onlyTheCommandLineKnowsPicocli = noClasses()
            .that(resideOutsideOf("cli", "app"))
            .should()
            .dependOnClassesThat(resideInAPackage("picocli.."));

    @ArchTest
    static final ArchRule onlyTheTerminalIsPrintedTo = noClasses()
            .that(resideOutsideOf("cli"))
            .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
            .because("the standard output belongs to the command, and what goes there is written to a Terminal");

    @ArchTest
    static final ArchRule onlyTheMainClassEndsTheProcess = noClasses()
            .that(resideOutsideOf("app"))
            .should()
            .callMethod(System.class, "exit", int.class);

    @ArchTest
    static final ArchRule onlyOneLogIsUsed = GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    @ArchTest
    static final ArchRule beansAreHandedToConstructors = GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes().should(beInANullMarkedPackage());

    @ArchTest
    static final ArchRule namesSayWhatThingsAre = noClasses()
            .should()
            .haveNameMatching(".*(Manager|Helper|Util|Utils|Impl)")
            .because("a class that is called so has no name yet");

    @ArchTest
    static final ArchRule exceptionsAreRaisedWithWords = GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;

    private static DescribedPredicate<JavaClass> resideOutsideOf(String... rooms) {
        return DescribedPredicate.not(
                resideInAnyPackage(Stream.of(rooms).map(room -> ROOT + room + "..").toArray(String[]::new)));
    }

    private static DescribedPredicate<JavaClass> knowADatabase() {
        return resideInAnyPackage(
                "java.sql..", "javax.sql..", "org.postgresql..", "org.springframework..", "org.flywaydb..");
    }

    /** Those themselves, and Neap's own classes that use them directly. */
    private static DescribedPredicate<JavaClass> reachTheDatabase() {
        DescribedPredicate<JavaClass> itself = knowADatabase();
        return DescribedPredicate.describe(
                "know a database",
                type -> itself.test(type)
                        || (type.getPackageName().startsWith(ROOT)
                                && type.getDirectDependenciesFromSelf()
                                        .stream()
                                        .anyMatch(arrow -> itself.test(arrow.getTargetClass()))));
    }

    private static ArchCondition<JavaClass> useOnlyTheirArrows() {
        return new ArchCondition<>("use only the rooms that their arrows point to") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                String room = room(type);
                Set<String> allowed = ARROWS.getOrDefault(room, Set.of());
                type.getDirectDependenciesFromSelf()
                        .stream()
                        .filter(arrow -> arrow.getTargetClass().getPackageName().startsWith(ROOT))
                        .filter(arrow -> !room(arrow.getTargetClass()).equals(room))
                        .filter(arrow -> !allowed.contains(room(arrow.getTargetClass())))
                        .forEach(arrow -> events.add(SimpleConditionEvent.violated(
                                type, "%s may use only %s: %s".formatted(room, new TreeSet<>(allowed),
                                        arrow.getDescription()))));
            }
        };
    }

    private static ArchCondition<JavaClass> beInANullMarkedPackage() {
        return new ArchCondition<>("be in a package whose package-info says @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                    events.add(SimpleConditionEvent.violated(type, type.getPackageName() + " is not @NullMarked"));
                }
            }
        };
    }

    private static String room(JavaClass type) {
        return type.getPackageName().substring(ROOT.length()).split("\\.", 2)[0];
    }
}
