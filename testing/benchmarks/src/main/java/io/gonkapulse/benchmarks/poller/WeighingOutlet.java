package io.gonkapulse.benchmarks.poller;

import io.gonkapulse.contracts.Poll;
import io.gonkapulse.contracts.Snapshot;
import io.gonkapulse.trackerpoller.publish.Outlet;

/** Weighs the process when the last of so many snapshots is on its way: then a poll holds all that it ever holds. */
final class WeighingOutlet implements Outlet {

    private final Outlet outlet;
    private final long last;
    private long live;
    private long files;

    WeighingOutlet(Outlet outlet, long last) {
        this.outlet = outlet;
        this.last = last;
    }

    long live() {
        return live;
    }

    long files() {
        return files;
    }

    @Override
    public Batch begin() {
        Batch batch = outlet.begin();
        return new Batch() {

            private long passed;

            @Override
            public void add(Snapshot snapshot) {
                batch.add(snapshot);
                if (++passed == last) {
                    live = Scales.liveHeap();
                    files = Scales.temporaryFiles();
                }
            }

            @Override
            public void finish() {
                batch.finish();
            }
        };
    }

    @Override
    public void tell(Poll poll) {
        outlet.tell(poll);
    }
}
