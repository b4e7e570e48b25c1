package io.memsession.store.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.memsession.store.CasToken;
import io.memsession.store.Copy;
import io.memsession.store.Written;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What is asked of a Redis, in its words. Each question is one command about one key, which proxies hand on.
 *
 * <p>The scripts are sent with each question (EVAL): behind one address may be several servers, and none may have seen
 * the script before. They run as a whole or not at all, so a question that runs late, in a server that hung, finds the
 * copy that was seen or changes nothing.
 */
final class Questions {
    private static final long STORED = 1;
    private static final long GONE = -1;

    /** The server looks through so many at a time, and does nothing else meanwhile. */
    private static final int KEYS_AT_ONCE = 1_000;

    /** Nobody lives to see more, and Redis adds the time of day to it. */
    private static final long LONGEST_MILLIS = Long.MAX_VALUE / 4;

    private static final String SEEN = "local seen = redis.call('GETRANGE', KEYS[1], 0, 7) "
            + "if seen == '' then return -1 end if seen ~= ARGV[1] then return 0 end ";

    private static final byte[] COMPARE_AND_SET = (SEEN
                    + "if ARGV[3] == '0' then redis.call('SET', KEYS[1], ARGV[2]) "
                    + "else redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3]) end return 1")
            .getBytes(US_ASCII);

    private static final byte[] COMPARE_AND_DELETE = (SEEN + "redis.call('DEL', KEYS[1]) return 1").getBytes(US_ASCII);

    private Questions() {}

    static CompletableFuture<Optional<Copy>> get(Line line, String key) {
        return line.ask(
                redis -> redis.get(key),
                kept -> Optional.ofNullable(kept).map(each -> KeptValue.copy(each, line.number())));
    }

    static CompletableFuture<Written> add(Line line, String key, byte[] value, Duration ttl) {
        return set(line, key, value, lasting(ttl).nx());
    }

    static CompletableFuture<Written> set(Line line, String key, byte[] value, Duration ttl) {
        return set(line, key, value, lasting(ttl));
    }

    private static CompletableFuture<Written> set(Line line, String key, byte[] value, SetArgs how) {
        long number = KeptValue.next();
        return line.ask(
                redis -> redis.set(key, KeptValue.of(number, value), how),
                ok -> ok == null ? Written.OUTDATED : stored(number, line));
    }

    static CompletableFuture<Written> compareAndSet(Line line, String key, long seen, byte[] value, Duration ttl) {
        long number = KeptValue.next();
        byte[] lasts = String.valueOf(millis(ttl)).getBytes(US_ASCII);
        Written stored = stored(number, line);
        return script(line, COMPARE_AND_SET, key, stored, KeptValue.number(seen), KeptValue.of(number, value), lasts);
    }

    static CompletableFuture<Written> drop(Line line, String key, long seen) {
        Written gone = new Written(Written.Outcome.STORED, null);
        return script(line, COMPARE_AND_DELETE, key, gone, KeptValue.number(seen));
    }

    /** What the server tells of itself. */
    static CompletableFuture<ServerInfo> info(Line line) {
        return line.ask(RedisAsyncCommands::info, ServerInfo::parse);
    }

    /** The same under memcached's names. */
    static CompletableFuture<Map<String, String>> statistics(Line line) {
        return line.ask(RedisAsyncCommands::info, text -> ServerInfo.parse(text).statistics());
    }

    /** The next of the keys that begin so; some may come more than once. */
    static CompletableFuture<KeyScanCursor<String>> page(Line line, ScanCursor after, String prefix) {
        ScanArgs those = new ScanArgs()
                .match(prefix.replaceAll("([*?\\[\\]\\\\^])", "\\\\$1") + "*")
                .limit(KEYS_AT_ONCE);
        return line.ask(redis -> redis.scan(after, those), page -> page);
    }

    private static CompletableFuture<Written> script(
            Line line, byte[] script, String key, Written done, byte[]... arguments) {
        String[] keys = {key};
        return line.ask(
                redis -> redis.<Long>eval(script, ScriptOutputType.INTEGER, keys, arguments),
                result -> written(result, done));
    }

    private static Written written(long result, Written stored) {
        if (result == STORED) {
            return stored;
        }
        return result == GONE ? Written.GONE : Written.OUTDATED;
    }

    private static Written stored(long number, Line line) {
        return new Written(Written.Outcome.STORED, new CasToken(number, line.number()));
    }

    private static SetArgs lasting(Duration ttl) {
        SetArgs how = new SetArgs();
        return ttl.isZero() ? how : how.px(millis(ttl));
    }

    /** Rounded up, as a copy must not go too early; zero is without end. */
    private static long millis(Duration ttl) {
        if (ttl.isZero()) {
            return 0;
        }
        return ttl.toSeconds() >= LONGEST_MILLIS / 1000
                ? LONGEST_MILLIS
                : ttl.plusNanos(999_999).toMillis();
    }
}
