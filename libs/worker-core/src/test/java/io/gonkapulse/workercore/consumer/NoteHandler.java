package io.gonkapulse.workercore.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A small handler. It inserts each value {@code n<number>} once by its number. {@code bad} does not
 * decode, and the database refuses numbers of more than three digits.
 */
final class NoteHandler implements BatchHandler<List<Integer>> {

    static final String TABLE = "create table note (number integer primary key check (number < 1000))";

    private final JdbcTemplate jdbc;

    NoteHandler(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Integer> reduce(ConsumerBatch batch, DeadLetterBuffer rejections) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            byte[] value = batch.value(i);
            String text = value == null ? "" : new String(value, UTF_8);
            if (text.matches("n\\d+")) {
                numbers.add(Integer.valueOf(text.substring(1)));
            } else {
                rejections.add(i, value == null ? "TOMBSTONE" : "NOT_A_NOTE", "Expected n and a number");
            }
        }
        return numbers;
    }

    @Override
    public long write(List<Integer> numbers) {
        return numbers.isEmpty()
                ? 0
                : jdbc.update(connection -> {
                    var statement = connection.prepareStatement("""
                            insert into note (number)
                            select distinct number
                              from unnest(?) as incoming (number)
                             order by number
                                on conflict do nothing
                            """);
                    statement.setArray(1, connection.createArrayOf("integer", numbers.toArray()));
                    return statement;
                });
    }
}
