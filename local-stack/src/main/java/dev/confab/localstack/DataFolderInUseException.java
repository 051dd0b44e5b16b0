package dev.confab.localstack;

import java.nio.file.Path;
import java.util.OptionalLong;

/** Another stack, in this or in another process that is alive, works on the same data folder. */
public final class DataFolderInUseException extends LocalStackException {

    private static final long serialVersionUID = 1L;

    private final long holder;

    DataFolderInUseException(Path folder, OptionalLong holder) {
        super("the data folder " + folder + " is in use by "
                + (holder.isPresent() ? "process " + holder.getAsLong() : "another process"));
        this.holder = holder.orElse(-1);
    }

    /** The process that holds the folder; empty where it could not be learnt. */
    public OptionalLong holder() {
        return holder < 0 ? OptionalLong.empty() : OptionalLong.of(holder);
    }
}
