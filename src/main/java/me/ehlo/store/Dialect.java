package me.ehlo.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import me.ehlo.mail.StorageFailure;

/** What differs between the two databases; everything else is said in SQL that both understand. */
interface Dialect {

  /** What a connection is for. */
  enum Use {
    WRITING,
    READING
  }

  /** The folder of its migrations. */
  String name();

  Connection connect(Use use) throws SQLException;

  /** Makes sure of what a process that died may have left, before anything else is done. */
  void recover(Session session) throws SQLException, IOException;

  void begin(Session session) throws SQLException;

  void commit(Session session) throws SQLException;

  /** Takes a transaction back, whether or not the database has already done so by itself. */
  void rollback(Session session) throws SQLException;

  /** Whether statements of many works are sent together. */
  boolean gathers();

  /** Whether other nodes write to the same database, so that what we remember grows old. */
  boolean shared();

  /** Until the commit, no other node changes the schema, or names in the directory. */
  void lockNames(Session session) throws SQLException;

  /** A condition: the value is one of a list given as one parameter, see {@link #list}. */
  String oneOf(String column);

  /** The parameter for {@link #oneOf}. */
  String list(Collection<Long> values);

  /** Ends a query: the rows of this alias are ours until the commit; if not at once, we wait. */
  String locking(String alias);

  /** Ends a query: the rows of this alias are ours until the commit; those that another has are left out. */
  String lockingOrSkipping(String alias);

  StorageFailure.Kind kind(SQLException failure);

  /** Whether the connection is good for nothing after this failure. */
  boolean breaksConnection(SQLException failure);

  /** Whether the works of the batch shall be tried one by one, because the failure may be one work's alone. */
  boolean worthTryingApart(SQLException failure);

  /** Called once by the writer when nothing was written for some seconds. */
  void rest(Session session) throws SQLException;

  /** Begins what sees one state of the database until it ends with COMMIT, on a connection for reading. */
  String beginReading();

  /** Gives some free space back to the disk; whether there is more of it. */
  boolean shrink(Session session) throws SQLException;

  /** A query for what the database finds wrong with itself, a row each; {@code ok} is none. */
  String check();

  /** Writes a consistent copy to a new file, while others read and write. */
  void backup(Path target) throws SQLException, IOException, StorageFailure;

  /** What went wrong, as a sentence for the journal and the failure. */
  default String describe(SQLException failure) {
    return String.valueOf(failure.getMessage()).strip();
  }
}
