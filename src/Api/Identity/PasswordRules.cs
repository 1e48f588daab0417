namespace VoiceOrdering.Api.Identity;

/// <summary>
/// What a new password must be: long rather than colourful (NIST SP 800-63B section 3.1.1.2), not the user's own name, and not what everybody tries first.
/// </summary>
internal static class PasswordRules
{
    /// <summary>Fewest characters.</summary>
    public const int Shortest = 12;

    /// <summary>Most characters; hashing is paid for each.</summary>
    public const int Longest = 256;

    private const int ShortestName = 3;
    private const int LongestRepeatedPart = 4;

    // With twelve characters at least, the common ones are a common word with digits and signs around it, or one word several times.
    private static readonly HashSet<string> CommonWords = new(StringComparer.Ordinal)
    {
        "password", "passwort", "passwd", "pass", "qwerty", "qwertyuiop", "qwertz", "qwertzuiop", "asdfghjkl", "zxcvbnm", "welcome", "letmein", "iloveyou", "admin", "administrator",
        "root", "login", "master", "dragon", "monkey", "football", "baseball", "basketball", "superman", "batman", "princess", "sunshine", "shadow", "michael", "jennifer",
        "trustno", "whatever", "starwars", "computer", "internet", "secret", "changeme", "default", "guest", "user", "test", "hello", "freedom", "summer", "winter", "spring",
        "autumn", "pizza", "burger", "restaurant", "kitchen", "owner", "manager", "staff", "voiceordering", "q1w2e3r4t5y6", "qwertyuiopasdfghjkl",
    };

    private static readonly string[] Rows = ["01234567890123456789", "98765432109876543210", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjklyxcvbnm", "1q2w3e4r5t6y7u8i9o0p", "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik"];

    /// <summary>Why this cannot be the user's password, as a sentence; null when it can.</summary>
    public static string? Judge(string? password, string username)
    {
        if (password is not { Length: >= Shortest and <= Longest })
        {
            return $"A password has {Shortest} to {Longest} characters.";
        }

        var lower = password.ToLowerInvariant();
        var name = username.ToLowerInvariant().Split('@')[0];
        if (name.Length >= ShortestName && lower.Contains(name, StringComparison.Ordinal))
        {
            return "A password must not contain the user's name.";
        }

        return IsCommon(lower) ? "This password is one of those that are tried first; several words of your own are better." : null;
    }

    private static bool IsCommon(string lower)
    {
        var part = ShortestPeriod(lower);
        if (part <= LongestRepeatedPart || Rows.Any(row => row.Contains(lower, StringComparison.Ordinal)))
        {
            return true;
        }

        var word = Letters(lower.Trim("0123456789!?.,-_#+*$%& ".ToCharArray()));
        return CommonWords.Contains(word) || CommonWords.Contains(lower) || CommonWords.Contains(word[..ShortestPeriod(word)]);
    }

    /// <summary>The letters that digits and signs usually stand for.</summary>
    private static string Letters(string text) => string.Create(text.Length, text, static (to, from) =>
    {
        for (var i = 0; i < from.Length; i++)
        {
            to[i] = from[i] switch { '0' => 'o', '1' => 'i', '3' => 'e', '4' or '@' => 'a', '5' or '$' => 's', '7' => 't', var other => other };
        }
    });

    /// <summary>Length of the shortest part that makes the text when it is repeated, the last time possibly cut off.</summary>
    private static int ShortestPeriod(string text)
    {
        for (var length = 1; length < text.Length; length++)
        {
            if (text.AsSpan(length).SequenceEqual(text.AsSpan(0, text.Length - length)) && length * 2 <= text.Length)
            {
                return length;
            }
        }

        return text.Length;
    }
}
