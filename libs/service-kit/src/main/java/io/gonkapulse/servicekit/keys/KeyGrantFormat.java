package io.gonkapulse.servicekit.keys;

/** How one program writes what its keys give access to. */
public interface KeyGrantFormat<G extends Comparable<? super G>> {

    /** The program whose command writes the file. */
    String program();

    /** The plural noun for grants in texts. */
    String noun();

    /**
     * Parses one grant.
     *
     * @throws io.gonkapulse.servicekit.settings.SettingException if it is invalid
     */
    G parse(String text);

    /** The text that {@link #parse} reads. It contains neither spaces nor commas. */
    String format(G grant);
}
