package me.ehlo;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The plan of the house as a test: which room may know which, and what the inner rooms never touch.
 *
 * <p>The rules are stated once, for any package, and run twice: over the house, where each must hold, and over {@code
 * me.ehlo.planted}, where each must find what was planted for it. A rule that cannot fail guards nothing.
 */
class ArchitectureTest {

  // What a class touches is read as text: the names of the classes it depends on, and the full
  // names, with parameters,
  // of the methods and fields it uses.
  private static final String SOCKETS =
      "java\\.net\\.(\\w*Socket|URL|\\w*URLConnection)|java\\.net\\.http\\..*|javax\\.net\\..*"
          + "|java\\.nio\\.channels\\..*|java\\.net\\.InetAddress\\.(get(All)?ByName|getLocalHost)\\(.*";
  private static final String FILES =
      "java\\.nio\\.file\\..*|java\\.io\\.(File\\w*|RandomAccessFile)";
  private static final String SQL = "javax?\\.sql\\..*|org\\.(sqlite|postgresql)\\..*";
  private static final String THREADS =
      "java\\.lang\\.(Thread|ThreadLocal|InheritableThreadLocal|ScopedValue)(\\$.*)?|java\\.util\\.Timer"
          + "|java\\.util\\.concurrent\\.(Execut|Scheduled|Thread|ForkJoin|Completable|Structured).*";
  private static final String CLOCKS =
      "java\\.lang\\.System\\.(currentTimeMillis|nanoTime)\\(.*"
          + "|java\\.time\\.\\w+\\.now\\((java\\.time\\.ZoneId)?\\)"
          + "|java\\.time\\.(Clock|InstantSource)\\.(system|tick)\\w*\\(.*|java\\.util\\.(Date|Calendar)";
  private static final String CHANCE =
      "java\\.util\\.(Random|SplittableRandom)|java\\.util\\.concurrent\\.ThreadLocalRandom"
          + "|java\\.security\\.SecureRandom|java\\.lang\\.Math\\.random\\(.*|java\\.util\\.UUID\\.randomUUID\\(.*"
          + "|java\\.util\\.random\\.RandomGenerator\\.(of|getDefault)\\(.*";
  private static final String LOGGERS =
      "java\\.lang\\.System\\$Logger.*|java\\.util\\.logging\\..*|org\\.slf4j\\..*";
  private static final String ENVIRONMENT =
      "java\\.lang\\.System\\.((getenv|getProperty|getProperties)\\(.*|in|out|err)";
  // An object that comes as octets runs code as it comes; a management port is a second front door.
  private static final String OBJECTS_BY_WIRE =
      "java\\.io\\.(ObjectInputStream|ObjectOutputStream|Externalizable)|java\\.rmi\\..*"
          + "|javax\\.(management|naming)\\..*|java\\.lang\\.management\\..*|java\\.beans\\.XML\\w+";
  private static final String END = "java\\.lang\\.(System\\.exit|Runtime\\.(exit|halt))\\(.*";

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("me.ehlo");
  private static final JavaClasses PLANTED =
      new ClassFileImporter().importPackages("me.ehlo.planted");

  @ParameterizedTest
  @MethodSource
  void holdsInTheHouse(Rule rule) {
    rule.rule().check(HOUSE);
  }

  @ParameterizedTest
  @MethodSource
  void findsWhatIsPlanted(Rule rule) {
    assertThat(rule.rule().evaluate(PLANTED).hasViolation()).isTrue();
  }

  @Test
  void everyKindOfForbiddenArrowIsFound() {
    List<String> found =
        arrows(new Rooms("me.ehlo.planted")).evaluate(PLANTED).getFailureReport().getDetails();

    assertThat(found.stream().map(line -> line.replaceFirst(":.*", "")).distinct())
        .containsExactlyInAnyOrder(
            "mail must not know smtp", // a row knows only the rows above it
            "smtp must not know pop3", // and no neighbours
            "queue must not know store", // when must not know how
            "front must not know queue", // the commit is the boundary
            "front must not know the door", // the door knows the rooms, not they the door
            "store must not know smtp", // no conversation's business
            "the door must not know store", // but for Server
            "the door must not know config", // but for Server and Main
            "me.ehlo.planted.attic is no room of the plan",
            "me.ehlo.planted.attic.corner is no room of the plan");
  }

  static Stream<Rule> holdsInTheHouse() {
    return rules("me.ehlo");
  }

  static Stream<Rule> findsWhatIsPlanted() {
    return rules("me.ehlo.planted");
  }

  private static Stream<Rule> rules(String house) {
    Rooms rooms = new Rooms(house);
    Predicate<JavaClass> core = type -> rooms.inRows(type, 1, 2);
    Predicate<JavaClass> custody = type -> rooms.inRows(type, 3, 3);
    Predicate<JavaClass> inner = core.or(custody);
    Predicate<JavaClass> runner = type -> type.getName().endsWith(".queue.QueueRunner");
    return Stream.of(
        new Rule("every arrow is in the plan", arrows(rooms)),
        new Rule("no cycles", slices().matching(house + ".(**)").should().beFreeOfCycles()),
        never("rows 1-2 touch a socket", core, SOCKETS),
        never("rows 1-2 touch a file", core, FILES),
        never("rows 1-3 touch a database", inner, SQL),
        never("row 3 touches a socket", custody, SOCKETS),
        never("rows 1-3 have threads, but the queue runner", inner.and(runner.negate()), THREADS),
        never("rows 1-3 read a clock: time is passed in", inner, CLOCKS),
        never("rows 1-3 throw dice: chance is passed in", inner, CHANCE),
        never("rows 1-3 use the process's environment or terminal", inner, ENVIRONMENT),
        never("any room but watch speaks to a logger", outside(rooms, "watch"), LOGGERS),
        never("any room but store speaks SQL", outside(rooms, "store"), SQL),
        never("anything but Main ends the process", type -> !named("Main", type), END),
        never("anything serializes objects, or manages by JMX", _ -> true, OBJECTS_BY_WIRE),
        never("anything prints a stack trace", _ -> true, ".*\\.printStackTrace\\(.*"),
        new Rule("static state never changes", classes().should(haveNoStaticState())));
  }

  private static Rule never(String deed, Predicate<JavaClass> who, String what) {
    Pattern forbidden = Pattern.compile(what);
    return new Rule(
        "never: " + deed,
        classes()
            .should(
                find(
                    "not be one of which this is true: " + deed,
                    type ->
                        who.test(type)
                            ? touched(type).filter(line -> forbidden.matcher(line).matches())
                            : Stream.of())));
  }

  /** The names of all that a class depends on, and of the methods and fields it uses. */
  private static Stream<String> touched(JavaClass type) {
    return Stream.concat(
            type.getDirectDependenciesFromSelf().stream()
                .map(arrow -> arrow.getTargetClass().getBaseComponentType().getName()),
            type.getAccessesFromSelf().stream().map(access -> access.getTarget().getFullName()))
        .distinct();
  }

  private static ArchRule arrows(Rooms rooms) {
    return classes()
        .should(
            find(
                "know only rooms that the plan has an arrow to",
                type -> {
                  if (!rooms.contain(type)) {
                    return Stream.of(type.getPackageName() + " is no room of the plan");
                  }
                  return type.getDirectDependenciesFromSelf().stream()
                      .filter(arrow -> !rooms.mayKnow(type, target(arrow)))
                      .map(arrow ->
                          "%s must not know %s: %s"
                              .formatted(
                                  rooms.nameOf(type),
                                  rooms.nameOf(target(arrow)),
                                  arrow.getDescription()));
                }));
  }

  private static JavaClass target(Dependency arrow) {
    return arrow.getTargetClass().getBaseComponentType();
  }

  private static ArchCondition<JavaClass> haveNoStaticState() {
    return find(
        "have no static field that changes",
        type ->
            type.getFields().stream()
                .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
                .filter(field -> !field.getModifiers().contains(JavaModifier.FINAL))
                .map(JavaField::getFullName));
  }

  /** A condition that each class meets in which nothing is found. */
  private static ArchCondition<JavaClass> find(
      String description, Function<JavaClass, Stream<String>> search) {
    return new ArchCondition<>(description) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        search
            .apply(type)
            .map(found ->
                found.contains(type.getPackageName())
                    ? found
                    : type.getName() + " touches " + found)
            .forEach(line -> events.add(SimpleConditionEvent.violated(type, line)));
      }
    };
  }

  private static Predicate<JavaClass> outside(Rooms rooms, String room) {
    return type -> !rooms.nameOf(type).equals(room);
  }

  private static boolean named(String name, JavaClass type) {
    return type.getSimpleName().equals(name);
  }

  /** A rule and the sentence that names it. */
  record Rule(String name, ArchRule rule) {
    @Override
    public String toString() {
      return name;
    }
  }
}
