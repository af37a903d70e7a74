package io.github.hybridinference.deepseek;

/** Builds a model for an encrypted endpoint; loads nothing else. */
final class BuildOnce {
    private BuildOnce() {}

    public static void main(String[] args) {
        DeepSeek.builder().apiKey("none-needed").build().close();
        System.out.println("built");
    }
}
