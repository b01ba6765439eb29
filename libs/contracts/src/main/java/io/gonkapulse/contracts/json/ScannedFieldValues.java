package io.gonkapulse.contracts.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.gonkapulse.contracts.Ngonka;
import io.gonkapulse.contracts.NodeIdentifier;
import io.gonkapulse.contracts.TrackerName;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The values of the record that its scanner read last. Each getter creates its object on demand, so that nothing is
 * converted that a caller does not need. For one thread.
 */
final class ScannedFieldValues implements FieldValues {

    private static final int TEXT_BITS = 9;

    /** Two texts of a list are separated by {@code ","}. */
    private static final int SEPARATOR_LENGTH = 3;

    /** More nodes than slots only miss more often. With all slots in use, the cache takes about 12 MB a thread. */
    private static final int NODE_BITS = 16;

    final SnapshotScanner scanner = new SnapshotScanner();
    private final ParsedValueCache<String> texts = new ParsedValueCache<>(TEXT_BITS, text -> text);
    private final ParsedValueCache<NodeIdentifier> nodes = new ParsedValueCache<>(NODE_BITS, NodeIdentifier::new);

    @Override
    public boolean has(MessageField field) {
        return scanner.has(field);
    }

    @Override
    public long integer(MessageField field) {
        requirePresent(field);
        return scanner.number(field);
    }

    @Override
    public String text(MessageField field) {
        requirePresent(field);
        return field.type() == MessageField.Type.SHARED_TEXT
                ? texts.get(scanner.bytes(), scanner.start(field), scanner.end(field))
                : newString(field);
    }

    @Override
    public List<String> texts(MessageField field) {
        requirePresent(field);
        byte[] bytes = scanner.bytes();
        int listEnd = scanner.end(field);
        List<String> values = new ArrayList<>();
        for (int start = scanner.start(field); start <= listEnd; ) {
            int end = start;
            while (bytes[end] != '"') {
                end++;
            }
            values.add(texts.get(bytes, start, end));
            start = end + SEPARATOR_LENGTH;
        }
        return values;
    }

    @Override
    public Instant instant(MessageField field) {
        requirePresent(field);
        return TimestampParser.toInstant(
                scanner.number(field),
                scanner.bytes(),
                scanner.start(field),
                scanner.end(field) - scanner.start(field));
    }

    @Override
    public Ngonka amount(MessageField field) {
        return Ngonka.of(integer(field));
    }

    @Override
    public BigDecimal decimal(MessageField field) {
        requirePresent(field);
        return new BigDecimal(newString(field));
    }

    /** An address is verified once and then recognised by its bytes. */
    @Override
    public NodeIdentifier node(MessageField field) {
        requirePresent(field);
        return nodes.get(scanner.bytes(), scanner.start(field), scanner.end(field));
    }

    @Override
    public TrackerName tracker(MessageField field) {
        requirePresent(field);
        return scanner.tracker();
    }

    private String newString(MessageField field) {
        return new String(scanner.bytes(), scanner.start(field), scanner.end(field) - scanner.start(field), ISO_8859_1);
    }
}
