package io.gonkapulse.trackerpoller.site;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Takes a body in as it comes, as long as it is not too long. */
final class SpoolSubscriber implements BodySubscriber<Spool> {

    private final Spool spool;
    private final long limit;
    private final Activity activity;
    private final CompletableFuture<Spool> body = new CompletableFuture<>();
    private @Nullable Subscription subscription;

    SpoolSubscriber(Spool spool, long limit, Activity activity) {
        this.spool = spool;
        this.limit = limit;
        this.activity = activity;
    }

    @Override
    public CompletionStage<Spool> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
        activity.happened();
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        activity.happened();
        try {
            for (ByteBuffer buffer : buffers) {
                spool.write(buffer);
            }
            if (spool.size() > limit) {
                giveUp(SiteException.of(
                        SiteException.Reason.TOO_LONG, "the body is longer than " + limit + " bytes, the limit"));
            }
        } catch (IOException e) {
            giveUp(SiteException.of(
                    SiteException.Reason.TOO_LONG,
                    "the body cannot be kept in a temporary file: " + e.getMessage(),
                    e));
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        try {
            spool.finish();
            body.complete(spool);
        } catch (IOException e) {
            body.completeExceptionally(e);
        }
    }

    private void giveUp(SiteException why) {
        requireNonNull(subscription).cancel();
        body.completeExceptionally(why);
    }
}
