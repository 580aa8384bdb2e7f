"""Which addresses may be asked, and which names may stand for them."""

import ipaddress

import pytest
from twisted.internet.error import DNSLookupError

from scraper.politeness.addresses import ip_literal, is_loopback_host, is_public
from scraper.politeness.resolver import check_address, refused


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "017700000001", "127.1"],
)
def test_every_spelling_of_an_ipv4_address_is_seen_through(host: str) -> None:
    assert ip_literal(host) == ipaddress.ip_address("127.0.0.1")


@pytest.mark.parametrize("host", ["[::1]", "::1", "[0:0:0:0:0:0:0:1]", "[::1%25lo]"])
def test_every_spelling_of_an_ipv6_address_is_seen_through(host: str) -> None:
    assert ip_literal(host) == ipaddress.ip_address("::1")


@pytest.mark.parametrize("host", ["adoctor.tw", "1.2.3.4.example", "", "a" * 300, "病.tw", "[bad"])
def test_names_are_no_addresses(host: str) -> None:
    assert ip_literal(host) is None


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "100.100.100.200",
        "127.0.0.1",
        "168.63.129.16",
        "169.254.169.254",
        "172.16.0.1",
        "192.0.0.192",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:db8::1",
        "64:ff9b:1::a00:1",
        "fec0::1",
        "::127.0.0.1",
    ],
)
def test_inner_addresses_are_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "203.69.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


def test_loopback_hosts_are_known_by_their_plain_names_only() -> None:
    plain = ["localhost", "LocalHost", "site.localhost", "127.0.0.1", "127.8.8.8", "[::1]", "::1"]
    other = ["adoctor.tw", "localhost.evil.example", "2130706433", "10.0.0.1", "127.1", ""]
    assert [is_loopback_host(host) for host in plain] == [True] * len(plain)
    assert [is_loopback_host(host) for host in other] == [False] * len(other)


def test_a_public_address_is_handed_on() -> None:
    assert check_address("8.8.8.8", "adoctor.tw") == "8.8.8.8"


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.8", "169.254.169.254", "0.0.0.0"])
def test_a_name_may_not_lead_into_our_own_network(address: str) -> None:
    with pytest.raises(DNSLookupError):
        check_address(address, "adoctor.tw")
    assert refused["adoctor.tw"] == address


def test_a_name_that_is_pointed_elsewhere_between_two_requests_is_judged_anew() -> None:
    check_address("8.8.8.8", "rebound.example")
    with pytest.raises(DNSLookupError):
        check_address("127.0.0.1", "rebound.example")
    check_address("8.8.4.4", "rebound.example")
    assert "rebound.example" not in refused


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "10.0.0.8"])
def test_localhost_and_plain_addresses_are_for_the_scope_guard_to_judge(name: str) -> None:
    address = "127.0.0.1" if name == "localhost" else name
    assert check_address(address, name) == address


@pytest.mark.parametrize("name", ["2130706433", "0x7f000001", "127.1"])
def test_odd_spellings_of_an_address_are_names(name: str) -> None:
    with pytest.raises(DNSLookupError):
        check_address("127.0.0.1", name)
