package io.gonkapulse.networksimulator.faults;

import io.gonkapulse.networksimulator.api.JsonDocumentWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Forwards a document and injects faults into its fields. */
final class FaultInjectingJsonWriter implements JsonDocumentWriter {

    private final JsonDocumentWriter out;
    private final List<FieldFault> faults;
    private final boolean newFields;
    /** Depth within a structure that a fault replaced; 0 outside. */
    private int skippedDepth;

    FaultInjectingJsonWriter(JsonDocumentWriter out, List<FieldFault> faults, boolean newFields) {
        this.out = out;
        this.faults = faults;
        this.newFields = newFields;
    }

    @Override
    public void startObject() {
        if (!skipLevel(1)) {
            out.startObject();
            writeNewFields();
        }
    }

    @Override
    public void startObject(String name) {
        if (tryStartStructure(name)) {
            out.startObject(name);
            writeNewFields();
        }
    }

    @Override
    public void startArray(String name) {
        if (tryStartStructure(name)) {
            out.startArray(name);
        }
    }

    @Override
    public void endObject() {
        if (!skipLevel(-1)) {
            out.endObject();
        }
    }

    @Override
    public void endArray() {
        if (!skipLevel(-1)) {
            out.endArray();
        }
    }

    @Override
    public void element(Object value) {
        if (skippedDepth == 0) {
            out.element(value);
        }
    }

    @Override
    public void field(String name, @Nullable Object value) {
        if (skippedDepth == 0) {
            write(name, replaceValue(name, value));
        }
    }

    private void write(String name, @Nullable Object value) {
        if (value instanceof FieldFault.DuplicateField twice) {
            out.field(name, twice.first());
            out.field(name, twice.second());
        } else if (value != FieldFault.MISSING) {
            out.field(name, value);
        }
    }

    /** Returns false if a fault replaced the object or array, whose content is then skipped. */
    private boolean tryStartStructure(String name) {
        if (skipLevel(1)) {
            return false;
        }
        Object instead = replaceValue(name, FieldFault.STRUCTURE);
        if (instead == FieldFault.STRUCTURE) {
            return true;
        }
        write(name, instead);
        skippedDepth = 1;
        return false;
    }

    private @Nullable Object replaceValue(String name, @Nullable Object value) {
        Object faulty = value;
        for (FieldFault fault : faults) {
            faulty = fault.replace(name, faulty);
        }
        return faulty;
    }

    /** Tracks the depth within a structure that is not written. Returns whether the current token is skipped. */
    private boolean skipLevel(int step) {
        if (skippedDepth == 0) {
            return false;
        }
        skippedDepth += step;
        return true;
    }

    /** Fields that a later version might add, as a scalar and as an object. */
    private void writeNewFields() {
        if (newFields) {
            out.field("added_in_a_later_version", 1);
            out.startObject("added_with_structure");
            out.field("note", "unknown to older clients");
            out.endObject();
        }
    }

    /** Replaces the value of a field. Each response uses new instances, because implementations keep state. */
    @FunctionalInterface
    interface FieldFault {

        /** Replacement that removes the field. */
        Object MISSING = new Object();

        /** The value that {@link #replace} receives for an object or array. */
        Object STRUCTURE = new Object();

        /** Returns the replacement, or the value itself where it does not apply. */
        @Nullable
        Object replace(String name, @Nullable Object value);

        /** Writes the field twice. */
        record DuplicateField(@Nullable Object first, Object second) {}
    }
}
