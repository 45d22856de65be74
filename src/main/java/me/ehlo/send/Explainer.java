package me.ehlo.send;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import me.ehlo.explain.Catalogue;
import me.ehlo.explain.Explanation;
import me.ehlo.explain.Kind;
import me.ehlo.trace.Mark;
import me.ehlo.trace.Utterance;

/** Tells on all that is said, and behind each refusal what it means and who can do what about it. */
final class Explainer implements Consumer<Utterance> {
  private final Consumer<Utterance> to;
  private final Catalogue catalogue;
  private Utterance last;

  Explainer(Consumer<Utterance> to, Catalogue catalogue, Utterance first) {
    this.to = to;
    this.catalogue = catalogue;
    this.last = first;
  }

  @Override
  public void accept(Utterance utterance) {
    to.accept(utterance);
    boolean refused = utterance.mark() == Mark.REFUSED || utterance.mark() == Mark.REFUSED_TLS;
    boolean goesOn = utterance.text().length() > 3 && utterance.text().charAt(3) == '-';
    if (refused && !goesOn && !utterance.text().equals(last.text())) {
      explain(utterance);
      last = utterance;
    }
  }

  private void explain(Utterance refusal) {
    List<String> words = new ArrayList<>(List.of(refusal.text().split(" ", 3)));
    if (words.size() > 2) {
      words.removeLast();
    }
    List<Explanation> found =
        catalogue.lookUp(words).explanations().stream()
            .filter(it -> it.kind() == Kind.CODE || it.kind() == Kind.STATUS)
            .toList();
    if (!found.isEmpty()) {
      Explanation best = found.getLast(); // the enhanced status says more than the code
      tell(refusal, best.subject() + ": " + best.title() + ". " + best.means());
      best.todo().forEach(todo -> tell(refusal, "  " + todo));
    }
  }

  private void tell(Utterance refusal, String text) {
    to.accept(new Utterance(refusal.at(), Mark.ADVICE, text));
  }
}
