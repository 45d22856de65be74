package me.ehlo.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Lets go of mails that the queue is done with, in the commit that settled their last recipient.
 *
 * <p>A mail that nobody else was given goes at once, but for large content, which becomes a draft's again and is swept. For others
 * it is noted that one holder less is left, as when a maildrop lets go.
 */
final class LettingGo {
  private final Session session;

  LettingGo(Session session) {
    this.session = session;
  }

  /** Whether something is now left to the sweeper. */
  boolean run(List<Standing> finished) throws SQLException {
    if (finished.isEmpty()) {
      return false;
    }
    delete("queue_entry WHERE ", "mail", finished);
    List<Standing> alone = finished.stream().filter(Standing::isQueuesAlone).toList();
    if (!alone.isEmpty()) {
      delete("mail WHERE ", "id", alone);
    }
    for (Standing mail : finished) {
      if (mail.isQueuesAlone()) {
        forget(mail.body());
      } else if (mail.hasMail()) {
        note(mail.mail());
      }
    }
    return !finished.stream().allMatch(mail -> mail.isQueuesAlone() && mail.body() == 0);
  }

  private void delete(String table, String column, List<Standing> mails) throws SQLException {
    PreparedStatement delete =
        session.prepare("DELETE FROM " + table + session.dialect().oneOf(column));
    delete.setString(1, session.dialect().list(mails.stream().map(Standing::mail).toList()));
    delete.executeUpdate();
  }

  private void forget(long body) throws SQLException {
    if (body != 0) {
      PreparedStatement draft =
          session.prepare(
              "INSERT INTO draft (body, begun_at) VALUES (?, 0) ON CONFLICT (body) DO NOTHING");
      draft.setLong(1, body);
      session.gather(draft);
    }
  }

  private void note(long mail) throws SQLException {
    PreparedStatement note =
        session.prepare(
            """
            INSERT INTO released (mail, others) SELECT id, copies - 1 FROM mail WHERE id = ?
            ON CONFLICT (mail) DO UPDATE SET others = released.others - 1
            """);
    note.setLong(1, mail);
    session.gather(note);
  }
}
