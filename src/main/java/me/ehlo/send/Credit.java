package me.ehlo.send;

import java.util.List;
import java.util.stream.Collectors;
import me.ehlo.call.Beginning;
import me.ehlo.call.Call;
import me.ehlo.call.Heard;
import me.ehlo.call.Introduction;
import me.ehlo.call.Stage;
import me.ehlo.net.WireFailure;

/** Says on whose behalf we speak, to a server that takes our word for it: Postfix's XCLIENT and XFORWARD. */
final class Credit {
  private final Call call;
  private final Order.Manner manner;
  private final Patience patience;

  Credit(Call call, Order.Manner manner, Patience patience) {
    this.call = call;
    this.manner = manner;
    this.patience = patience;
  }

  /** Behind XCLIENT the conversation begins anew, with EHLO. */
  Beginning passOn(Introduction introduction, Beginning ready) {
    try {
      Beginning now = ready;
      if (!manner.xclient().isEmpty()) {
        if (manner.halt().isUnheardAt(Order.Stop.XCLIENT)) {
          call.leaveUnheard();
        }
        Heard heard = call.ask("XCLIENT " + words(manner.xclient()), patience.answer());
        if (heard.kind() != Heard.Kind.DONE) {
          return new Beginning.Refused(Stage.XCLIENT, heard);
        }
        now = introduction.again();
      }
      if (now instanceof Beginning.Ready && !manner.xforward().isEmpty()) {
        Heard heard = call.ask("XFORWARD " + words(manner.xforward()), patience.answer());
        if (heard.kind() != Heard.Kind.DONE) {
          return new Beginning.Refused(Stage.XCLIENT, heard);
        }
      }
      return now;
    } catch (WireFailure e) {
      return new Beginning.Lost(Stage.XCLIENT, e);
    }
  }

  private static String words(List<String> attributes) {
    return attributes.stream().collect(Collectors.joining(" "));
  }
}
