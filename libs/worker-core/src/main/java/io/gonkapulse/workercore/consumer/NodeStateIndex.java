package io.gonkapulse.workercore.consumer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.json.SnapshotScanner;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A consumer's state of each node, found by the bytes of the node's address. A hash table of its own, because a map
 * would need a string for each record. For one thread.
 */
public final class NodeStateIndex<S> implements Iterable<S> {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HASH_MULTIPLIER = 0x9E3779B97F4A7C15L;
    private static final int INITIAL_BITS = 10;

    private final Function<NodeIdentifier, S> stateFactory;
    private final List<S> states = new ArrayList<>();
    private @Nullable Entry<S>[] slots;
    private int bits = INITIAL_BITS;

    /** @param stateFactory creates the state of a node at its first record */
    public NodeStateIndex(Function<NodeIdentifier, S> stateFactory) {
        this.stateFactory = stateFactory;
        this.slots = createSlots(INITIAL_BITS);
    }

    /** Returns null if the address of the scanned record is not valid. */
    public @Nullable S findOrCreate(SnapshotScanner scanned) {
        try {
            return findOrCreate(scanned.bytes(), scanned.nodeStart(), scanned.nodeEnd());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    public S findOrCreate(NodeIdentifier node) {
        byte[] text = node.value().getBytes(ISO_8859_1);
        return findOrCreate(text, 0, text.length);
    }

    private S findOrCreate(byte[] text, int from, int to) {
        if (to - from < Long.BYTES) {
            throw new IllegalArgumentException("Expected an identifier of 8 bytes or more");
        }
        // The last bytes of an address are its checksum, so they differ most.
        long end = (long) LONG.get(text, to - Long.BYTES);
        for (Entry<S> entry = slots[slot(end)]; entry != null; entry = entry.next) {
            if (entry.end == end && Arrays.equals(entry.text, 0, entry.text.length, text, from, to)) {
                return entry.state;
            }
        }
        return add(Arrays.copyOfRange(text, from, to), end);
    }

    /** The number of nodes with a state. */
    public int size() {
        return states.size();
    }

    public void clear() {
        states.clear();
        Arrays.fill(slots, null);
    }

    /** In the order of the first records of the nodes. */
    @Override
    public Iterator<S> iterator() {
        return states.iterator();
    }

    private S add(byte[] text, long end) {
        S state = stateFactory.apply(new NodeIdentifier(new String(text, ISO_8859_1)));
        if (states.size() >= slots.length) {
            grow();
        }
        states.add(state);
        put(new Entry<>(text, end, state));
        return state;
    }

    /** Doubles the table and moves the entries without allocating new ones. */
    private void grow() {
        @Nullable Entry<S>[] old = slots;
        slots = createSlots(++bits);
        for (Entry<S> first : old) {
            Entry<S> entry = first;
            while (entry != null) {
                Entry<S> next = entry.next;
                put(entry);
                entry = next;
            }
        }
    }

    private void put(Entry<S> entry) {
        int slot = slot(entry.end);
        entry.next = slots[slot];
        slots[slot] = entry;
    }

    private int slot(long end) {
        return (int) ((end * HASH_MULTIPLIER) >>> (Long.SIZE - bits));
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no other way to create an array of a generic type
    private static <S> @Nullable Entry<S>[] createSlots(int bits) {
        return new Entry[1 << bits];
    }

    private static final class Entry<S> {

        private final byte[] text;
        private final long end;
        private final S state;
        private @Nullable Entry<S> next;

        Entry(byte[] text, long end, S state) {
            this.text = text;
            this.end = end;
            this.state = state;
        }
    }
}
