using System.Net;
using System.Text;
using VoiceOrdering.Silo.Outbox;

namespace VoiceOrdering.Silo.Tests.Outbox;

/// <summary>What the sender decides, without a socket.</summary>
public sealed class OutboxRulesTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly OutboxSettings s_settings = new();
    private static readonly OutboxDelivery s_delivery = new("d", "dst", "order.placed", "r", "o", "{}", s_now, 0);

    [Fact]
    public void Pauses_double_up_to_the_longest_and_are_spread()
    {
        int[] failures = [1, 2, 3, 4, 9, 10, 1_000];
        failures.Select(failure => DeliverySchedule.PauseAfter(s_settings, failure, 0).TotalSeconds).ShouldBe([1, 2, 4, 8, 256, 300, 300]);
        DeliverySchedule.PauseAfter(s_settings, 3, 1).TotalSeconds.ShouldBe(3.2);
    }

    [Fact]
    public void A_failure_is_tried_again_until_the_delivery_is_too_old_and_a_refusal_never()
    {
        DeliverySchedule.After(s_settings, s_delivery, SendResult.Failed("x"), s_now, 0).ShouldBe(new DeliveryStep(DeliveryState.Pending, s_now.AddSeconds(1)));
        DeliverySchedule.After(s_settings, s_delivery, SendResult.Failed("x", TimeSpan.FromSeconds(30)), s_now, 0).At.ShouldBe(s_now.AddSeconds(30), "the receiver asked for it");
        DeliverySchedule.After(s_settings, s_delivery with { Attempts = 400 }, SendResult.Failed("x"), s_now.AddHours(23), 0).State.ShouldBe(DeliveryState.Pending);
        DeliverySchedule.After(s_settings, s_delivery with { Attempts = 400 }, SendResult.Failed("x"), s_now.AddHours(24), 0).State.ShouldBe(DeliveryState.Dead);
        DeliverySchedule.After(s_settings, s_delivery, SendResult.Refused("x"), s_now, 0).State.ShouldBe(DeliveryState.Dead);
    }

    [Fact]
    public void A_destination_that_keeps_failing_is_only_probed_until_it_answers()
    {
        var lane = new DestinationLane(s_settings, perMinute: null);
        for (var failure = 0; failure < s_settings.FailuresToPause; failure++)
        {
            lane.FreeAt(s_now).ShouldBe(s_now);
            lane.Begin(s_now);
            lane.End(SendResult.Failed("x"), s_now, 0);
        }

        lane.FreeAt(s_now).ShouldBe(s_now.AddSeconds(1), "paused");
        lane.Begin(s_now.AddSeconds(1));
        lane.FreeAt(s_now.AddSeconds(1)).ShouldBeNull("one probe at a time");
        lane.End(SendResult.Failed("x"), s_now.AddSeconds(1), 0);
        lane.FreeAt(s_now.AddSeconds(1)).ShouldBe(s_now.AddSeconds(3));
        lane.Begin(s_now.AddSeconds(3));
        lane.End(SendResult.Delivered, s_now.AddSeconds(3), 0);
        for (var place = 0; place < s_settings.PerDestination; place++)
        {
            lane.FreeAt(s_now.AddSeconds(3)).ShouldBe(s_now.AddSeconds(3));
            lane.Begin(s_now.AddSeconds(3));
        }

        lane.FreeAt(s_now.AddSeconds(3)).ShouldBeNull("all places are taken");
    }

    [Fact]
    public void A_chat_gets_no_more_messages_in_a_minute_than_it_takes()
    {
        var lane = new DestinationLane(s_settings, perMinute: 3);
        for (var message = 0; message < 3; message++)
        {
            lane.Begin(s_now.AddSeconds(message));
            lane.End(SendResult.Delivered, s_now.AddSeconds(message), 0);
        }

        lane.FreeAt(s_now.AddSeconds(10)).ShouldBe(s_now.AddSeconds(60));
        lane.FreeAt(s_now.AddSeconds(60)).ShouldBe(s_now.AddSeconds(60));
        lane.Begin(s_now.AddSeconds(60));
        lane.End(SendResult.Failed("answered 429", TimeSpan.FromSeconds(90)), s_now.AddSeconds(60), 0);
        lane.FreeAt(s_now.AddSeconds(61)).ShouldBe(s_now.AddSeconds(150));
    }

    [Theory]
    [InlineData("https://pos.example.com/orders", true)]
    [InlineData("http://pos.example.com/orders", false)]
    [InlineData("https://localhost/orders", false)]
    [InlineData("https://127.0.0.1/", false)]
    [InlineData("https://10.1.2.3/", false)]
    [InlineData("https://[::1]/", false)]
    [InlineData("https://[::ffff:192.168.0.1]/", false)]
    [InlineData("https://2130706433/", false)]
    [InlineData("https://user:pass@pos.example.com/", false)]
    [InlineData("ftp://pos.example.com/", false)]
    [InlineData("/orders", false)]
    [InlineData("", false)]
    public void Only_public_addresses_with_tls_can_be_webhooks(string url, bool isAllowed)
    {
        (new AddressGuard(s_settings).Judge(url) is null).ShouldBe(isAllowed);
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("172.15.0.1", true)]
    [InlineData("172.16.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("2a00:1450::1", true)]
    [InlineData("2001:db8::1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("::", false)]
    public void Special_addresses_are_not_public(string address, bool isPublic) => AddressGuard.IsPublic(IPAddress.Parse(address)).ShouldBe(isPublic);

    [Fact]
    public async Task A_name_that_leads_to_this_machine_is_not_connected_to()
    {
        using var http = new OutboxHttp(s_settings, TimeProvider.System);
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://localhost:1/orders");
        (await HttpAttempt.RunAsync(http, http.Client, request, null, default)).Outcome.ShouldBe(SendOutcome.Failed);
        (await Should.ThrowAsync<HttpRequestException>(() => http.Client.GetAsync(new Uri("https://localhost:1/")))).Message.ShouldContain("not allowed");
    }

    [Fact]
    public void The_example_of_the_documentation_is_right()
    {
        var body = Encoding.UTF8.GetBytes("""{"deliveryId":"ord_1-v1.dst_1","event":"order.placed"}""");
        var header = WebhookSignature.Sign(["example-secret"], body, DateTimeOffset.FromUnixTimeSeconds(1_795_176_000));

        header.ShouldBe("t=1795176000,v1=a06f06f817a584578e3699b10847701d84c314fbfd5ce6641dc533898ee9622b");
        WebhookSignature.IsValid(header, "example-secret", body, DateTimeOffset.FromUnixTimeSeconds(1_795_176_000 + 300)).ShouldBeTrue();
    }

    [Fact]
    public void A_signature_holds_for_its_body_its_secret_and_its_time()
    {
        var body = Encoding.UTF8.GetBytes("""{"a":1}""");
        var header = WebhookSignature.Sign(["old", "new"], body, s_now);

        // printf '1795176000.{"a":1}' | openssl dgst -sha256 -hmac new
        header.ShouldEndWith(",v1=" + Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData(Encoding.UTF8.GetBytes("new"), Encoding.UTF8.GetBytes("""1795176000.{"a":1}"""))));
        WebhookSignature.IsValid(header, "new", body, s_now.AddMinutes(5)).ShouldBeTrue();
        WebhookSignature.IsValid(header, "old", body, s_now).ShouldBeTrue();
        WebhookSignature.IsValid(header, "other", body, s_now).ShouldBeFalse();
        WebhookSignature.IsValid(header, "new", body.AsSpan(1), s_now).ShouldBeFalse();
        WebhookSignature.IsValid(header, "new", body, s_now.AddSeconds(301)).ShouldBeFalse();
        WebhookSignature.IsValid("t=1,v1", "new", body, s_now).ShouldBeFalse();
        WebhookSignature.IsValid("", "new", body, s_now).ShouldBeFalse();
    }
}
