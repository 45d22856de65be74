package me.ehlo.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import me.ehlo.queue.Queue.Action;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueueCommandTest {
  private final List<Request> asked = new ArrayList<>();
  private final Typed typed = Typed.input("");
  private final CommandTree commands =
      new CommandTree(
          new Asked(),
          typed.streams(),
          _ -> OptionalLong.empty(),
          text -> text.equals("2h") ? Optional.of(Duration.ofHours(2)) : Optional.empty(),
          (_, _) -> Optional.empty(),
          _ -> 1);

  @ParameterizedTest
  @MethodSource
  void whatIsTypedIsWhatIsMeant(String line, Request meant) {
    assertThat(commands.execute(false, line.split(" "))).isZero();
    assertThat(asked).containsExactly(meant);
    assertThat(RequestWords.read(RequestWords.of(meant))).contains(meant);
  }

  static Stream<Arguments> whatIsTypedIsWhatIsMeant() {
    return Stream.of(
        Arguments.of("queue list", new Request.QueueList(Filters.NONE, 1000, false)),
        Arguments.of(
            "queue list 06C3ZK0000AB --limit 7 --json",
            new Request.QueueList(Filters.of("06C3ZK0000AB"), 7, true)),
        Arguments.of(
            "queue list --to a@b --from <> --domain c.d --older 2h --reason x --state held,failed",
            new Request.QueueList(
                new Filters(
                    Optional.empty(),
                    Optional.of("a@b"),
                    Optional.of("<>"),
                    Optional.of("c.d"),
                    Optional.of(Duration.ofHours(2)),
                    Optional.of("x"),
                    List.of("held", "failed")),
                1000,
                false)),
        Arguments.of("queue show 06C3ZK0000AB --json", new Request.QueueShow("06C3ZK0000AB", true)),
        Arguments.of(
            "queue retry 06C3ZK0000AB",
            new Request.QueueChange(Action.RETRY, Filters.of("06C3ZK0000AB"))),
        Arguments.of("queue hold --all", new Request.QueueChange(Action.HOLD, Filters.NONE)),
        Arguments.of("queue release --all", new Request.QueueChange(Action.RELEASE, Filters.NONE)),
        Arguments.of("queue cancel --all", new Request.QueueChange(Action.CANCEL, Filters.NONE)),
        Arguments.of("queue flush", new Request.QueueFlush()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"retry", "hold", "release", "cancel"})
  void nothingIsDoneToEverythingByAccident(String word) {
    assertThat(commands.execute(false, "queue", word)).isEqualTo(2);
    assertThat(asked).isEmpty();
    assertThat(typed.err())
        .isEqualTo(
            "ehlo queue "
                + word
                + ": which? Name a mail's id or filter with --domain, --to, --from, --older,"
                + " --reason or --state; --all means everything\nSee: ehlo help queue "
                + word
                + "\n");
  }

  @Test
  void aTimeThatIsNoneIsSaid() {
    assertThat(commands.execute(false, "queue", "list", "--older", "long")).isEqualTo(2);
    assertThat(typed.err()).contains("\"long\" is no time: write 90m, 2h or 3d");
  }

  /** Notes what it is asked for. */
  private final class Asked implements Door {
    @Override
    public int send(CallerOptions where, List<Map.Entry<String, String>> typed) {
      throw new AssertionError("this is about the queue");
    }

    @Override
    public int administer(SiteOptions where, Request request, boolean passwordFromInput) {
      asked.add(request);
      return 0;
    }

    @Override
    public int sendmail(List<String> words) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int serve(SiteOptions where) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int showConfiguration(SiteOptions where) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int checkConfiguration(SiteOptions where) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int talk(SiteOptions where, TalkOptions options) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int check(SiteOptions where, CheckOptions wanted, boolean colour) {
      throw new UnsupportedOperationException();
    }
  }
}
