using System.Net;
using VoiceOrdering.Api.Identity;

namespace VoiceOrdering.Api.Tests.Identity;

public sealed class PasswordRulesTests
{
    [Theory]
    [InlineData("correct horse battery")]
    [InlineData("seven green bicycles")]
    [InlineData("xK9#mQ2$vL7!")]
    [InlineData("ich esse gern Kuchen")]
    public void Long_ones_of_ones_own_are_taken(string password) => PasswordRules.Judge(password, "ann@demo-burger").ShouldBeNull();

    [Theory]
    [InlineData("elevenchars")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("password1234")]
    [InlineData("P4ssw0rd!!!!2024")]
    [InlineData("passwordpassword")]
    [InlineData("123456789012")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("abcabcabcabc")]
    [InlineData("qwertyuiopas")]
    [InlineData("1q2w3e4r5t6y")]
    [InlineData("Administrator1")]
    [InlineData("Ann@Demo-Burger")]
    public void Short_common_and_own_names_are_not(string? password) => PasswordRules.Judge(password, "ann@demo-burger").ShouldNotBeNull();

    [Fact]
    public void The_bounds_are_twelve_and_two_hundred_and_fifty_six()
    {
        const string Unlike = "kz7 quiet rivers bend north; lamps; ";
        var longest = string.Concat(Enumerable.Range(0, 16).Select(i => $"{Unlike}{i}"))[..256];
        PasswordRules.Judge(longest, "ann").ShouldBeNull();
        PasswordRules.Judge(longest + "x", "ann").ShouldNotBeNull();
        PasswordRules.Judge(Unlike[..12], "ann").ShouldBeNull();
        PasswordRules.Judge(Unlike[..11], "ann").ShouldNotBeNull();
    }

    [Theory]
    [InlineData("203.0.113.77", "203.0.113.0/24")]
    [InlineData("::ffff:203.0.113.77", "203.0.113.0/24")]
    [InlineData("2001:db8:1:2::77", "2001:db8:1::/48")]
    public void Addresses_are_kept_as_networks(string address, string network) => AuditTrail.Masked(IPAddress.Parse(address)).ShouldBe(network);
}
