package crosscurrent.flink.vectors;

import com.fasterxml.jackson.annotation.JsonIgnore;

/** What is given to an operator. */
sealed interface Step {
  /** Whether it stands there for a restore alone: the restore, or the time that is given again after it. */
  boolean belongsToRestore();

  record Element(Timed element) implements Step {
    @Override
    public boolean belongsToRestore() {
      return false;
    }
  }

  record Watermark(long watermarkMs, @JsonIgnore boolean isAgain) implements Step {
    @Override
    public boolean belongsToRestore() {
      return isAgain;
    }
  }

  record ProcessingTime(long processingTimeMs, @JsonIgnore boolean isAgain) implements Step {
    @Override
    public boolean belongsToRestore() {
      return isAgain;
    }
  }

  record SnapshotRestore(boolean snapshotRestore) implements Step {
    @Override
    public boolean belongsToRestore() {
      return true;
    }
  }

  /** An element with its event time. */
  interface Timed {
    long timestampMs();
  }
}
