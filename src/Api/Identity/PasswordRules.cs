namespace VoiceOrdering.Api.Identity;

/// <summary>What a password must be (NIST SP 800-63B section 3.1.1.2: length and a list of what everybody tries; no rules about kinds of characters).</summary>
internal static class PasswordRules
{
    private const int Shortest = 12;
    private const int Longest = 256;

    // Stems that lists of leaked passwords begin with; longer ones are mostly these with something behind.
    private static readonly string[] Common = ["password", "passwort", "123456", "qwert", "letmein", "welcome", "iloveyou", "admin", "abc123", "changeme"];

    /// <summary>Why the password is not good enough, or null.</summary>
    public static string? Judge(string? password, string username)
    {
        if (password is null || password.Length is < Shortest or > Longest)
        {
            return $"A password has {Shortest} to {Longest} characters.";
        }

        var name = username.Split('@')[0];
        if (name.Length >= 3 && password.Contains(name, StringComparison.OrdinalIgnoreCase))
        {
            return "A password must not contain the user's name.";
        }

        var rest = Common.Aggregate(password, (text, stem) => text.Replace(stem, "", StringComparison.OrdinalIgnoreCase));
        return rest.Length < Shortest / 2 || password.Distinct().Count() < 5 ? "The password is too easy to guess." : null;
    }
}
