package io.gonkapulse.testkit.network.answer;

import io.gonkapulse.testkit.network.model.NetworkModel;

/** Who is listed, and as of when each. */
@FunctionalInterface
public interface Roster {

    void each(View view, Visitor visitor);

    /** Takes one entry of the list. */
    @FunctionalInterface
    interface Visitor {
        void visit(int participant, View view);
    }

    /** The active set of the view's epoch, once each. */
    static Roster activeSet(NetworkModel model) {
        return (view, visitor) -> model.members(view.epoch()).forEach(participant -> visitor.visit(participant, view));
    }
}
